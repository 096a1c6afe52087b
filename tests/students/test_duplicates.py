"""Who may be known already: told to the coordinator, and never to the referrer (TRUST T7)."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    CaseFactory,
    CoordinatorFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students.models import Referral, ReferralStatusChange
from tests.peersupport.rights import raw

pytestmark = pytest.mark.django_db
LIST, NEW = "/referrals/", "/referrals/new/"
ANNA = {"given_name": "Anna-Karin", "family_name": "Exempelsson"}


def page(referral):
    return reverse("students:referral_detail", args=[referral.public_id])


def withdraw(referral):
    return reverse("students:referral_withdraw", args=[referral.public_id])


def test_the_answer_to_the_referrer_tells_nothing_of_a_hidden_duplicate(as_staff, school, referral_data):
    """The same status, body and statements whether another school's pupil has the name or not."""
    answers = []
    for has_hidden in (False, True):
        with owner():
            ReferralStatusChange.objects.all().delete()
            Referral.objects.all().delete()
        if has_hidden:
            other = SchoolFactory(organisation=school.organisation)
            StudentFactory(school=other, **ANNA)
            StudentFactory(school=school, **ANNA)  # at their own school, and not referred by it
            ReferralFactory(school=other, **ANNA)
        with CaptureQueriesContext(connection) as asked:
            response = as_staff.post(NEW, referral_data | {"form_key": str(uuid4())})
        followed = as_staff.get(response["Location"])
        answers.append((response.status_code, plain(followed), [shape(one["sql"]) for one in asked]))
    assert answers[0] == answers[1]


def plain(response):
    text = re.sub(r"[0-9a-f-]{36}|[A-Za-z0-9]{64}", "…", response.content.decode())
    return re.sub(r"\d\d:\d\d", "…", text)


def shape(sql):
    return re.sub(r"'[^']*'|\d+", "?", sql)[:60]


def test_referral_list_tells_the_coordinator_and_nobody_else(client, coordinator, staff, school):
    StudentFactory(school=SchoolFactory(organisation=school.organisation), **ANNA)
    known = ReferralFactory(school=school, given_name="Anna Karin", family_name="Exempelson")
    ReferralFactory(school=school, given_name="Bilal", family_name="Testhage")
    client.force_login(coordinator)
    rows = client.get(LIST).context["rows"]
    assert {row.url for row in rows if row.may_exist} == {page(known)}
    client.force_login(staff)
    assertNotContains(client.get(LIST), "Kan finnas redan")


def test_referral_list_tells_of_two_open_referrals_of_one_name(as_coordinator, school):
    for _ in range(2):
        ReferralFactory(school=school, **ANNA)
    assert all(row.may_exist for row in as_coordinator.get(LIST).context["rows"])


def test_referral_list_tells_nothing_of_another_municipality(as_coordinator, school):
    StudentFactory(**ANNA)
    ReferralFactory(**ANNA)
    ReferralFactory(school=school, **ANNA)
    assertNotContains(as_coordinator.get(LIST), "Kan finnas redan")


@pytest.mark.parametrize("count", [1, 7])
def test_referral_list_asks_one_query_more_for_open_ones(as_coordinator, school, count, assert_queries):
    StudentFactory(school=school, **ANNA)
    for _ in range(count):
        ReferralFactory(school=school, **ANNA)
    with assert_queries(6):  # session with user, scope, last filter, referrals, who may be known, log
        as_coordinator.get(LIST)


def test_referral_detail_shows_the_facts_beside_each_other(client, coordinator, staff, school):
    student = CaseFactory(student=StudentFactory(school=school, birth_year=2013, **ANNA)).student
    other = ReferralFactory(school=school, **ANNA)
    referral = ReferralFactory(school=school, birth_year=2014, **ANNA)
    client.force_login(coordinator)
    response = client.get(page(referral))
    first, *others = response.context["alike"]
    assert (first.url, first.birth_year) == ("", "2014")
    assert [(row.birth_year, row.url) for row in others] == [
        ("2013", reverse("overviews:student_detail", args=[student.public_id])),
        ("", page(other)),
    ]
    assertContains(response, "har redan stöd")
    client.force_login(staff)
    assert client.get(page(referral)).context["alike"] == []


def test_referral_detail_of_an_accepted_one_leads_to_the_merge(as_coordinator, school):
    known = StudentFactory(school=school, **ANNA)
    made = StudentFactory(school=school, **ANNA)
    referral = ReferralFactory(school=school, student=made, status="accepted", **ANNA)
    rows = as_coordinator.get(page(referral)).context["alike"]
    assert [row.merge_url for row in rows[1:]] == [
        reverse("students:merge", args=[made.public_id, known.public_id])
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_referral_detail_asks_the_same_number_of_queries(as_coordinator, school, count, assert_queries):
    for _ in range(count):
        StudentFactory(school=school, **ANNA)
        ReferralFactory(school=school, **ANNA)
    referral = ReferralFactory(school=school, **ANNA)
    with assert_queries(9):
        as_coordinator.get(page(referral))


def test_a_protected_referral_is_like_nobody(as_coordinator, school):
    StudentFactory(school=school, **ANNA)
    nameless = {"given_name": "", "family_name": "", "search_key": "", "protection": "marked"}
    referral = ReferralFactory(school=school, **nameless)
    assert as_coordinator.get(page(referral)).context["alike"] == []


# --- Withdrawn


def test_referral_withdraw_by_a_colleague_at_the_school(client, staff, school):
    referral = ReferralFactory(school=school)
    client.force_login(SchoolStaffFactory(school=school))
    assertContains(client.get(page(referral)), withdraw(referral))
    response = client.post(withdraw(referral), {"why": "twice", "words": "Se den andra."}, follow=True)
    assertContains(response, "Tillbakadragen")
    assertContains(response, "Den har skickats två gånger. Se den andra.")
    assertNotContains(response, withdraw(referral))
    with owner():
        assert Referral.objects.get().status == "withdrawn"
        assert ReferralStatusChange.objects.get().by != staff


def test_referral_withdraw_takes_it_from_the_coordinators_desk(client, coordinator, staff, school):
    referral = ReferralFactory(school=school, **ANNA)
    client.force_login(staff)
    client.post(withdraw(referral), {"why": "not_needed", "words": ""})
    client.force_login(coordinator)
    assert client.get(reverse("overviews:overview")).context["figures"].referral_count == 0
    assert client.get(LIST, {"status": "open"}).context["rows"] == []
    assert len(client.get(LIST, {"status": "withdrawn"}).context["rows"]) == 1
    assertNotContains(client.get(page(referral)), "/accept/")
    assert client.get(f"/referrals/{referral.public_id}/accept/").status_code == 302


def test_referral_withdraw_after_the_answer_says_so(as_staff, school):
    referral = ReferralFactory(school=school, status="declined")
    response = as_staff.post(withdraw(referral), {"why": "twice", "words": ""}, follow=True)
    assertContains(response, "har redan fått ett svar")
    with owner():
        assert Referral.objects.get().status == "declined"


@pytest.mark.parametrize(("data", "field"), [({"why": ""}, "why"), ({"why": "other", "words": ""}, "words")])
def test_referral_withdraw_needs_a_reason(as_staff, school, data, field):
    referral = ReferralFactory(school=school)
    assert field in as_staff.post(withdraw(referral), data).context["form"].errors


def test_referral_withdraw_access(client, school, coordinator):
    referral = ReferralFactory(school=school)
    colleague = SchoolStaffFactory(school=SchoolFactory(organisation=school.organisation))
    for user, status in [(coordinator, 403), (CoordinatorFactory(), 404), (colleague, 404)]:
        client.force_login(user)
        assert client.post(withdraw(referral), {"why": "twice"}).status_code == status


def test_withdraw_referral_asked_by_raw_sql_is_for_the_schools_staff(school, coordinator, staff):
    referral = ReferralFactory(school=school)
    stranger = SchoolStaffFactory(school=SchoolFactory(organisation=school.organisation))
    for by, reason, answer in [
        (coordinator, "av misstag", "gone"),
        (stranger, "av misstag", "gone"),
        (staff, "  ", "gone"),
        (staff, "av misstag", "done"),
        (staff, "av misstag", "decided"),
    ]:
        with scope(by):
            assert raw("select withdraw_referral(%s, %s)", referral.pk, reason).fetchone()[0] == answer


def test_a_withdrawn_referral_warns_nobody(as_staff, school, referral_data):
    ReferralFactory(school=school, status="withdrawn", **ANNA)
    assert as_staff.post(NEW, referral_data).status_code == 302
