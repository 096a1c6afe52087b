"""Översikt: each figure counts exactly the rows it opens; nothing foreign."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
    SupervisorFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import monday_of, start_of_day, today

URL = "overviews:overview"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    """All days count, and 14 of them are not long: tests/visits/time_since_met/ counts school days."""
    all_days = {"counts_school_days": False, "days_without_contact": 14, "days_before_first_contact": 14}
    return SchoolFactory(organisation=OrganisationFactory(**all_days))


@pytest.fixture
def coordinator(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


def assigned(school, *, days=60, supporter=None, **fields):
    return AssignmentFactory(
        case__student__school=school,
        supporter=supporter or PeerSupporterFactory(school=school),
        starts_on=today() - timedelta(days=days),
        **fields,
    )


def test_overview_shows_only_what_is_coordinated(client, coordinator, school):
    referral, foreign_referral = ReferralFactory(school=school), ReferralFactory()
    waiting, foreign_waiting = CaseFactory(student__school=school), CaseFactory()
    quiet, foreign_quiet = assigned(school), AssignmentFactory()

    context = client.get(reverse(URL)).context

    assert [row.url for row in context["referrals"]] == [
        reverse("students:referral_detail", args=[referral.public_id])
    ]
    assert [row.pk for row in context["waiting"]] == [waiting.student_id]
    assert [row.pk for row in context["quiet"]] == [quiet.student_id]
    figures = context["figures"]
    assert (figures.supported_count, figures.waiting_count, figures.referral_count) == (1, 1, 1)
    page = client.get(reverse(URL)).content.decode()
    for foreign in (foreign_referral, foreign_waiting.student, foreign_quiet.student):
        assert str(foreign.public_id) not in page


def test_overview_quiet_follows_the_organisations_days(client, coordinator, school):
    met = [assigned(school) for _ in range(2)]
    ContactFactory(assignment=met[0], occurred_at=timezone.now() - timedelta(days=14))
    ContactFactory(assignment=met[1], occurred_at=timezone.now() - timedelta(days=15))
    new = assigned(school, days=3)

    rows = client.get(reverse(URL)).context["quiet"]
    assert [row.pk for row in rows] == [met[1].student_id]

    with owner():
        school.organisation.days_without_contact = school.organisation.days_before_first_contact = 2
        school.organisation.save(update_fields=["days_without_contact", "days_before_first_contact"])
    rows = client.get(reverse(URL)).context["quiet"]
    assert [row.pk for row in rows] == [met[1].student_id, met[0].student_id, new.student_id]


def test_overview_quiet_and_the_list_behind_it_are_the_same_pupils(client, coordinator, school):
    quiet = [assigned(school) for _ in range(4)]
    tried = assigned(school)
    ContactFactory(assignment=tried, outcome="no_answer")
    ContactFactory(assignment=assigned(school))
    CaseFactory(student__school=school)
    assigned(school, ended=True)

    rows = client.get(reverse(URL)).context["quiet"]
    listed = client.get(reverse("overviews:student_list"), {"days": "limit"}).context["rows"]

    assert {row.url for row in rows} == {row.url for row in listed}
    assert {row.pk for row in rows} == {assignment.student_id for assignment in [*quiet, tried]}


def test_overview_figure_of_support_and_the_list_behind_it_agree(client, coordinator, school):
    for _ in range(3):
        assigned(school)
    assigned(school, days=-5)  # begins in five days
    CaseFactory(student__school=school)

    count = client.get(reverse(URL)).context["figures"].supported_count
    rows = client.get(reverse("overviews:student_list"), {"status": "supported"}).context["rows"]

    assert count == len(rows) == 3


def test_overview_counts_last_weeks_contacts_once_however_many_pupils(client, coordinator, school):
    first, second = assigned(school), assigned(school)
    monday = start_of_day(monday_of(today()))
    inside = ContactFactory(assignment=first, occurred_at=monday - timedelta(days=7))
    add_participation(inside, second)
    ContactFactory(assignment=first, occurred_at=monday - timedelta(seconds=1))
    ContactFactory(assignment=first, occurred_at=monday)
    ContactFactory(assignment=first, occurred_at=monday - timedelta(days=7, seconds=1))

    assert client.get(reverse(URL)).context["figures"].contact_count == 2


def test_overview_lists_trials_that_pass(client, coordinator, school):
    soon, passed, later = (
        assigned(school, trial_until=today() + timedelta(days=days)) for days in (7, -2, 8)
    )
    assigned(school, trial_until=today(), ended=True)

    rows = client.get(reverse(URL)).context["trial"]

    assert [row.pk for row in rows] == [passed.student_id, soon.student_id]
    assert later.student_id not in {row.pk for row in rows}


def test_overview_lists_supporters_over_capacity(client, coordinator, school):
    full = PeerSupporterFactory(school=school, percent=10)  # room for one
    over = PeerSupporterFactory(school=school, percent=10)
    assigned(school, supporter=full)
    for _ in range(2):
        assigned(school, supporter=over)

    rows = client.get(reverse(URL)).context["mine"].over

    assert [row.url for row in rows] == [reverse("overviews:supporter_detail", args=[over.public_id])]


def test_overview_lists_roles_to_confirm(client, coordinator, school):
    waiting = MembershipFactory(organisation=school.organisation, role="peer_supporter", unconfirmed=True)
    MembershipFactory(role="peer_supporter", unconfirmed=True)

    assert client.get(reverse(URL)).context["memberships"] == [waiting]


def test_overview_shows_alias_of_protected(client, coordinator, school):
    hidden = {"protection": "marked", "given_name": "Hemlig", "family_name": "Namnsson", "school": school}
    waiting = CaseFactory(student=StudentFactory(**hidden))
    quiet = AssignmentFactory(case__student=StudentFactory(**hidden), trial_until=today())

    page = client.get(reverse(URL)).content.decode()

    assert waiting.student.alias in page and quiet.student.alias in page
    assert "Hemlig" not in page and "Namnsson" not in page
    for rows in ("waiting", "quiet", "trial"):
        assert all(row.is_protected for row in client.get(reverse(URL)).context[rows])


def test_overview_of_one_school_shows_that_school(client, school):
    sibling = SchoolFactory(organisation=school.organisation)
    CaseFactory(student__school=sibling)
    own = CaseFactory(student__school=school)
    client.force_login(CoordinatorFactory(school=school))

    context = client.get(reverse(URL)).context

    assert [row.pk for row in context["waiting"]] == [own.student_id]
    assert context["figures"].waiting_count == 1


def test_overview_with_nothing_to_do_says_so(client, coordinator):
    assert client.get(reverse(URL)).context["is_quiet"] is True


def test_overview_is_for_coordinators(client):
    client.force_login(SupervisorFactory())
    assert client.get(reverse(URL)).status_code == 403


def test_overview_writes_one_log_row(client, coordinator, school):
    pupils = {CaseFactory(student__school=school).student_id, assigned(school).student_id}
    client.get(reverse(URL))

    with owner():
        row = AccessLog.objects.get()
    assert set(row.student_ids) == pupils and row.page == URL


@pytest.mark.parametrize("count", [3, 30])
def test_overview_takes_eight_queries_however_much_there_is(
    client, coordinator, school, assert_queries, count
):
    supporter = PeerSupporterFactory(school=school, percent=10)
    for _ in range(count):
        ReferralFactory(school=school)
        CaseFactory(student__school=school)
        assigned(school, supporter=supporter, trial_until=today())
        MembershipFactory(organisation=school.organisation, role="peer_supporter", unconfirmed=True)

    with assert_queries(
        8
    ):  # session with user, scope, figures and pupils, referrals, what is mine, alarms, log, roles
        client.get(reverse(URL))


def test_overview_figures_and_the_lists_behind_them_agree(client, coordinator, school):
    for status in ("requested", "awaiting_consent", "declined"):
        ReferralFactory(school=school, status=status)
    for _ in range(3):
        CaseFactory(student__school=school)
    assigned(school)

    response = client.get(reverse(URL))
    page, figures = response.content.decode(), response.context["figures"]
    for address, count in [
        (reverse("students:referral_list") + "?status=open", figures.referral_count),
        (reverse("students:waiting_list"), figures.waiting_count),
        (reverse("overviews:student_list") + "?status=supported", figures.supported_count),
    ]:
        assert address in page
        assert len(client.get(address).context["rows"]) == count > 0
