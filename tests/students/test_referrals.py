"""Sending referrals, the warning of duplicates, the inbox."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from peersupport.demo.factories import (
    CaseFactory,
    CoordinatorFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from students.models import Referral, ReferralStatusChange

pytestmark = pytest.mark.django_db
LIST = "/referrals/"
NEW = "/referrals/new/"


def saved():
    with owner():
        return list(Referral.objects.order_by("pk"))


def test_referral_create_saves_what_school_staff_typed(as_staff, staff, referral_data):
    response = as_staff.post(NEW, referral_data)

    (referral,) = saved()
    assertRedirects(response, f"/referrals/{referral.public_id}/", fetch_redirect_response=False)
    assert (referral.given_name, referral.called, referral.grade) == ("Anna-Karin", "Anki", 7)
    assert referral.wants_woman and not referral.wants_man
    assert referral.referred_by == staff
    with owner():
        change = ReferralStatusChange.objects.get()
    assert (change.status, change.by_id) == ("requested", staff.pk)


def test_referral_create_shows_the_form_with_what_works_before_the_reason(as_coordinator):
    text = as_coordinator.get(NEW).content.decode()
    assert text.index('name="works_well"') < text.index('name="reason"') < text.index('name="has_been_tried"')


def test_referral_create_refuses_other_schools(as_staff, referral_data):
    response = as_staff.post(NEW, {**referral_data, "school": str(SchoolFactory().public_id)})
    assert response.status_code == 200
    assert saved() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_name": ""}, "given_name"),
        ({"protection": "marked"}, "given_name"),
        ({"consent": "obtained"}, "consent_note"),
        ({"birth_year": "1850"}, "birth_year"),
        ({"grade": "12"}, "grade"),
        ({"school": "x"}, "school"),
        ({"works_well": "x" * 2001}, "works_well"),
        ({"form_key": "x"}, "form_key"),
    ],
)
def test_referral_create_keeps_what_was_typed_beside_a_message(as_staff, referral_data, change, field):
    response = as_staff.post(NEW, {**referral_data, **change})
    assert field in response.context["form"].errors
    assertContains(response, "Kortare dagar.")
    assert saved() == []


def test_referral_create_of_a_protected_pupil_holds_no_name(as_staff, referral_data):
    nameless = {"protection": "marked", "given_name": "", "family_name": "", "called": ""}
    as_staff.post(NEW, {**referral_data, **nameless})
    (referral,) = saved()
    assert (referral.search_key, referral.protection) == ("", "marked")


def test_referral_create_twice_is_once(as_staff, referral_data):
    first, second = as_staff.post(NEW, referral_data), as_staff.post(NEW, referral_data)
    assert first["Location"] == second["Location"]
    assert len(saved()) == 1


def test_referral_create_with_the_same_key_and_another_text_is_a_conflict(as_staff, referral_data):
    as_staff.post(NEW, referral_data)
    response = as_staff.post(NEW, {**referral_data, "wishes": "annat"})
    assert response.status_code == 409
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("given_name", "family_name"),
    [
        ("Anna-Karin", "Exempelsson"),
        ("Anna Karin", "Exempelson"),
        ("Anna", "Exempelsson"),
        ("Karin", "exempelsson"),
    ],
)
def test_referral_create_warns_a_coordinator_of_pupils_and_open_referrals(
    as_coordinator, school, referral_data, given_name, family_name
):
    known = StudentFactory(school=school, given_name=given_name, family_name=family_name)
    ReferralFactory(school=school, given_name=given_name, family_name=family_name)
    StudentFactory(school=school, given_name="Hugo", family_name="Xylofonsson")
    before = len(saved())

    response = as_coordinator.post(NEW, referral_data)

    assert [one["url"] for one in response.context["students"]] == [f"/students/{known.public_id}/"]
    assert len(response.context["referrals"]) == 1
    assertNotContains(response, "Xylofonsson")
    assert len(saved()) == before


def test_referral_create_finds_nordic_letters_typed_without_dots(as_coordinator, school, referral_data):
    StudentFactory(school=school, given_name="Åsa", family_name="Låtsman")
    response = as_coordinator.post(NEW, {**referral_data, "given_name": "Asa", "family_name": "Latsman"})
    assert len(response.context["students"]) == 1


def test_referral_create_goes_on_when_told_to(as_coordinator, school, referral_data):
    StudentFactory(school=school, given_name="Anna-Karin", family_name="Exempelsson")
    page = as_coordinator.post(NEW, referral_data)
    typed = dict(page.context["typed"])
    assert typed == referral_data

    response = as_coordinator.post(NEW, {**typed, "confirmed": "1"})
    assert response.status_code == 302
    again = as_coordinator.post(NEW, {**typed, "confirmed": "1"})
    assert again["Location"] == response["Location"]
    assert len(saved()) == 1


def test_referral_create_goes_back_with_everything_typed(as_coordinator, school, referral_data):
    response = as_coordinator.post(NEW, {**referral_data, "back": "1"})
    assertContains(response, "Kortare dagar.")
    assertContains(response, referral_data["form_key"])
    assert saved() == []


def test_referral_create_warns_school_staff_of_their_own_schools_referrals_only(
    as_staff, school, referral_data
):
    name = {"given_name": "Anna-Karin", "family_name": "Exempelsson"}
    StudentFactory(school=school, **name)
    other = SchoolFactory(organisation=school.organisation)
    ReferralFactory(school=other, **name)
    assert as_staff.post(NEW, referral_data).status_code == 302

    response = as_staff.post(NEW, {**referral_data, "form_key": str(uuid4())})
    assert response.context["students"] == []
    assert len(response.context["referrals"]) == 1


def test_referral_list_hides_other_schools(as_staff, school):
    own = ReferralFactory(school=school, family_name="Testhage")
    other = ReferralFactory(school=SchoolFactory(organisation=school.organisation))
    response = as_staff.get(LIST)
    assertContains(response, own.name)
    assertNotContains(response, str(other.public_id))


def test_referral_list_filters_by_status(as_coordinator, school, htmx):
    new = ReferralFactory(school=school)
    declined = ReferralFactory(school=school, status="declined")
    response = as_coordinator.get(LIST, {"status": "declined"}, headers=htmx)
    assertContains(response, str(declined.public_id))
    assertNotContains(response, str(new.public_id))
    assertNotContains(response, "<html")
    assert len(as_coordinator.get(LIST, {"status": "open"}).context["rows"]) == 1
    assert len(as_coordinator.get(LIST, {"status": "nonsense"}).context["rows"]) == 2


def test_referral_list_filters_by_school_and_keeps_the_protected_apart(client, school):
    other = SchoolFactory(organisation=school.organisation)
    client.force_login(CoordinatorFactory(organisation=school.organisation))
    own = ReferralFactory(school=school)
    ReferralFactory(school=other)
    ReferralFactory(school=school, protection="marked", given_name="", family_name="")
    CaseFactory(student=StudentFactory(school=school, protection="marked"))
    rows = client.get(LIST, {"school": school.public_id}).context["rows"]
    assert [row.name for row in rows] == [own.name]
    assert len(client.get(LIST, {"school": "nonsense"}).context["rows"]) == 4


def test_referral_create_starts_with_the_school_it_comes_from(client, school):
    SchoolFactory(organisation=school.organisation)
    client.force_login(CoordinatorFactory(organisation=school.organisation))
    assertContains(client.get(NEW, {"school": school.public_id}), f'value="{school.public_id}" selected')
    assert client.get(NEW, {"school": "nonsense"}).status_code == 200


def test_referral_list_pages_through_all(as_coordinator, school):
    for days in range(35):
        ReferralFactory(school=school, created_at=timezone.now() - timedelta(days=days))
    first = as_coordinator.get(LIST)
    second = as_coordinator.get(first.context["older_url"])
    urls = {row.url for page in (first, second) for row in page.context["rows"]}
    assert (len(urls), second.context["older_url"]) == (35, "")
    assert second.context["newer_url"] == LIST


def test_referral_list_says_what_to_do_when_empty(as_coordinator):
    assertContains(as_coordinator.get(LIST), reverse("students:referral_create"))


@pytest.mark.parametrize("count", [3, 30])
def test_referral_list_takes_four_queries_however_many(as_coordinator, school, assert_queries, count):
    for _number in range(count):
        CaseFactory(student=StudentFactory(school=school))
    with assert_queries(5):  # session with user, scope, last filters, referrals, log
        as_coordinator.get(LIST)


def test_referral_detail_shows_the_referrer_words_status_and_answer(as_staff, staff, school, referral_data):
    path = as_staff.post(NEW, referral_data)["Location"]
    response = as_staff.get(path)
    for words in ("Kortare dagar.", "Träffa någon hemma.", staff.name):
        assertContains(response, words)
    assertNotContains(response, "/accept/")
    assertNotContains(response, "/students/")


def test_referral_detail_of_another_school_is_not_found(as_staff, school):
    foreign = ReferralFactory(school=SchoolFactory(organisation=school.organisation))
    assert as_staff.get(f"/referrals/{foreign.public_id}/").status_code == 404
    assert as_staff.get(f"/referrals/{uuid4()}/").status_code == 404


def test_referral_pages_end_with_the_membership(client, school):
    from schools.models import Membership

    staff = SchoolStaffFactory(school=school)
    referral = ReferralFactory(school=school)
    client.force_login(staff)
    with owner():
        Membership.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert client.get(f"/referrals/{referral.public_id}/").status_code == 404
