"""Elevsida: one pupil, and nothing of anyone else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    GuardianFactory,
    PeerSupporterFactory,
    PersonAroundFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    SupervisorFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory(
        case__student__given_name="Alva",
        case__student__family_name="Exempelsson",
        case__student__works_well="Ritar och spelar.",
    )


@pytest.fixture
def url(mine):
    return reverse("overviews:student_detail", args=[mine.student.public_id])


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


def page_of(client, user, url, **query):
    client.force_login(user)
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_student_detail_shows_name_but_never_in_the_title(client, mine, url):
    page = page_of(client, mine.supporter.user, url)

    assert "<h1>Alva Exempelsson</h1>" in page and "Ritar och spelar." in page
    assert "Alva" not in page.split("</title>")[0]


@pytest.mark.parametrize(
    ("status", "has_supporter", "word"),
    [
        ("mapping", True, "lär känna varandra"),
        ("mapping", False, "väntar"),
        ("active", False, "väntar"),
        ("awaiting_consent", False, "väntar på samtycke"),
    ],
)
def test_student_detail_and_list_say_the_same_of_the_support(client, status, has_supporter, word):
    case = CaseFactory(status=status)
    if has_supporter:
        AssignmentFactory(case=case)
    client.force_login(CoordinatorFactory(organisation=case.school.organisation))

    page = client.get(reverse("overviews:student_detail", args=[case.student.public_id])).content.decode()
    assert f"stöd: {word}</p>" in page
    assert f'<span class="word">{word.capitalize()}</span>' in page
    (row,) = client.get(reverse("overviews:student_list")).context["rows"]
    assert row.status == word


def test_student_detail_access(client, mine, url, coordinator):
    colleague = AssignmentFactory(case__student=StudentFactory(school=mine.school)).supporter.user
    with owner():
        referred_by = mine.case.referral.referred_by
    people = [
        (mine.supporter.user, 200),
        (coordinator, 200),
        (colleague, 404),
        (CoordinatorFactory(), 404),
        (SupervisorFactory(organisation=mine.school.organisation), 404),
        (SchoolStaffFactory(school=mine.school), 403),  # a pupil their school has referred, but not this page
        (SchoolStaffFactory(), 404),
        (referred_by, 403),
    ]
    assert client.get(url).status_code == 302
    for user, status in people:
        client.force_login(user)
        assert client.get(url).status_code == status, user.acting


def test_student_detail_ends_with_the_assignment(client, mine, url):
    client.force_login(mine.supporter.user)
    assert client.get(url).status_code == 200
    with owner():
        mine.ended_at, mine.ended_by = timezone.now(), mine.made_by
        mine.save(update_fields=["ended_at", "ended_by"])

    assert client.get(url).status_code == 404


def test_student_detail_shows_alias_of_protected(client):
    hidden = StudentFactory(protection="marked", given_name="Hemlig", family_name="Namnsson")
    mine = AssignmentFactory(case__student=hidden)
    GuardianFactory(student=hidden, given_name="Mamma", family_name="Namnsson")
    ContactFactory(assignment=mine, note="Vi sågs.")
    url = reverse("overviews:student_detail", args=[hidden.public_id])

    for user in (mine.supporter.user, CoordinatorFactory(organisation=mine.school.organisation)):
        page = page_of(client, user, url)
        assert hidden.alias in page
        for secret in ("Hemlig", "Namnsson", mine.school.name):
            assert secret not in page
        assert reverse("students:identity_open", args=[hidden.public_id]) in page


def test_student_detail_timeline_of_a_supporter_holds_their_own_contacts(client, mine, url, coordinator):
    colleague = PeerSupporterFactory(school=mine.school)
    ContactFactory(assignment=mine, note="Min egen text")
    ContactFactory(assignment=mine, supporter=colleague, author=colleague.user, note="Kollegans text")

    page = page_of(client, mine.supporter.user, url)
    assert "Min egen text" in page and "Kollegans text" not in page
    page = page_of(client, coordinator, url)
    assert "Min egen text" in page and "Kollegans text" in page


def test_student_detail_shows_only_this_pupils_part(client, mine, url, coordinator):
    other = AssignmentFactory(
        case__student=StudentFactory(school=mine.school, given_name="Kerstin", family_name="Unikasson"),
        supporter=mine.supporter,
    )
    contact = ContactFactory(assignment=mine, note="Om Alva")
    add_participation(contact, other, note="Om Kerstin", next_step="Kerstins steg")

    for user in (mine.supporter.user, coordinator):
        page = page_of(client, user, url)
        assert "Om Alva" in page
        for foreign in ("Kerstin", "Unikasson", str(other.student.public_id)):
            assert foreign not in page


def test_student_detail_timeline_pages_and_filters(client, mine, url):
    for number in range(45):
        ContactFactory(
            assignment=mine,
            kind="phone" if number % 2 else "home_visit",
            occurred_at=timezone.now() - timedelta(days=number // 3),  # some at nearly the same time
            note=f"Anteckning {number}.",
        )
    client.force_login(mine.supporter.user)
    seen, address, pages = [], url, 0
    while address:
        context = client.get(address.partition("#")[0]).context
        seen += [entry.note for entry in context["entries"] if entry.note]
        address, pages = context["older_url"], pages + 1

    assert pages == 3 and len(seen) == len(set(seen)) == 45
    entries = client.get(url, {"kind": "phone"}).context["entries"]
    assert len(entries) == 20 and len({entry.title for entry in entries}) == 1
    assert len(client.get(url, {"kind": "nonsense", "after": "x"}).context["entries"]) == 20


def test_student_detail_offers_edit_to_the_author_only(client, mine, url, coordinator):
    contact = ContactFactory(assignment=mine)
    edit = reverse("visits:contact_edit", args=[contact.public_id])

    assert edit in page_of(client, mine.supporter.user, url)
    assert edit not in page_of(client, coordinator, url)


def test_student_detail_shows_last_contact_and_next_step(client, mine, url):
    ContactFactory(
        assignment=mine, occurred_at=timezone.now() - timedelta(days=12), next_step="ses på biblioteket"
    )
    ContactFactory(assignment=mine, outcome="no_answer")
    client.force_login(mine.supporter.user)

    context = client.get(url).context

    assert "12" in context["met"] and context["next_step"].text == "ses på biblioteket"


def test_student_detail_guardian_not_to_be_contacted_is_no_contact(client, mine, url, coordinator):
    GuardianFactory(student=mine.student, given_name="Moa", phone="070-1740605")
    GuardianFactory(student=mine.student, given_name="Hotfull", phone="070-1740699", not_to_be_contacted=True)

    page = page_of(client, mine.supporter.user, url)
    assert "070-1740605" in page and "Hotfull" not in page and "070-1740699" not in page
    page = page_of(client, coordinator, url)
    assert "Hotfull" in page and "070-1740699" not in page


def test_student_detail_referral_text_is_for_coordinators(client, mine, url, coordinator):
    with owner():
        mine.case.referral.student_wants = "Vill träffa någon som spelar."
        mine.case.referral.save(update_fields=["student_wants"])

    assert "Vill träffa någon som spelar." in page_of(client, coordinator, url)
    assert "Vill träffa någon som spelar." not in page_of(client, mine.supporter.user, url)
    assert client.get(url).context["case"] == mine.case


def test_student_detail_supporters_now_and_before(client, mine, url, coordinator):
    before = AssignmentFactory(
        case=mine.case, kind="stand_in", ended=True, starts_on=today() - timedelta(days=300)
    )
    client.force_login(coordinator)

    now, ended = client.get(url).context["supporters"]

    assert now.is_now and now.end_url == reverse("students:assignment_end", args=[mine.public_id])
    assert not ended.is_now and ended.end_url == ""
    with owner():
        assert ended.name == before.supporter.user.name


def test_student_detail_waiting_and_without_support(client):
    case = CaseFactory()
    client.force_login(CoordinatorFactory(organisation=case.school.organisation))
    url = reverse("overviews:student_detail", args=[case.student.public_id])
    assert reverse("students:match", args=[case.public_id]) in client.get(url).content.decode()

    plain = StudentFactory(school=case.school)
    response = client.get(reverse("overviews:student_detail", args=[plain.public_id]))
    assert response.status_code == 200 and response.context["case"] is None
    assert reverse("visits:contact_create") + "?" not in response.content.decode()


def test_student_detail_whereabouts_are_not_on_the_page(client, mine, url, coordinator):
    for user in (mine.supporter.user, coordinator):
        page = page_of(client, user, url)
        assert reverse("students:whereabouts", args=[mine.student.public_id]) in page


def test_student_detail_writes_one_log_row(client, mine, url):
    page_of(client, mine.supporter.user, url)

    with owner():
        row = AccessLog.objects.get()
    assert (row.action, row.page, row.student_ids) == (
        "read",
        "overviews:student_detail",
        [mine.student_id],
    )


@pytest.mark.parametrize("count", [3, 45])
def test_student_detail_takes_nine_queries_however_many_rows(
    client, mine, url, coordinator, assert_queries, count
):
    for _ in range(count):
        ContactFactory(assignment=mine, note="Text", next_step="Ses igen")
        BookingFactory(assignment=mine)
    for _ in range(3):
        GuardianFactory(student=mine.student)
        PersonAroundFactory(student=mine.student)
    for user in (mine.supporter.user, coordinator):
        client.force_login(user)
        # session with user, scope, pupil, log, period, people, supporters, bookings, timeline
        with assert_queries(9):
            older = client.get(url).context["older_url"]
        with assert_queries(9):
            client.get(older.partition("#")[0] or url)


def test_my_school_shows_own_referrals_only(client):
    own, foreign = ReferralFactory(), ReferralFactory()
    hidden = ReferralFactory(
        school=own.school, protection="marked", given_name="", family_name="", search_key=""
    )
    client.force_login(own.referred_by)

    response = client.get(reverse("overviews:my_school"))

    assert {row.url for row in response.context["rows"]} == {
        reverse("students:referral_detail", args=[referral.public_id]) for referral in (own, hidden)
    }
    assert str(foreign.public_id) not in response.content.decode()
    client.force_login(CoordinatorFactory(school=own.school))
    assert client.get(reverse("overviews:my_school")).status_code == 403


@pytest.mark.parametrize("count", [3, 30])
def test_my_school_takes_four_queries(client, assert_queries, count):
    staff = SchoolStaffFactory(school=(school := StudentFactory().school))
    for _ in range(count):
        ReferralFactory(school=school, referred_by=staff)
    client.force_login(staff)

    with assert_queries(4):  # session with user, scope, referrals, log
        client.get(reverse("overviews:my_school"))


def test_student_detail_shows_the_support_after_a_change_of_school(client, mine, url):
    elsewhere = SchoolFactory(organisation=mine.school.organisation)
    with owner():
        mine.student.school = elsewhere
        mine.student.save(update_fields=["school"])
    client.force_login(CoordinatorFactory(school=elsewhere))

    context = client.get(url).context

    assert context["case"] == mine.case and context["referral"] is None


def test_student_detail_folds_what_is_booked_further_ahead(client, mine, url, coordinator):
    for days in range(1, 6):
        BookingFactory(assignment=mine, starts_at=timezone.now() + timedelta(days=days))

    page = page_of(client, coordinator, url)

    shown, folded = page.split("Längre fram")
    assert (shown.count("Flytta<"), folded.count("Flytta<")) == (3, 2)
