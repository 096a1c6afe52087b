"""Min dag: my pupils by days since we met, today's contacts, my load."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    ContactFactory,
    CoordinatorFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    SchoolFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today

URL = "overviews:my_day"
pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def supporter():
    """All days count: tests/visits/time_since_met/ counts school days."""
    school = SchoolFactory(organisation=OrganisationFactory(counts_school_days=False))
    return PeerSupporterFactory(percent=50, school=school)


def new_pupil(supporter, **fields):
    with owner():
        school = supporter.placements.select_related("school__organisation").get().school
    starts_on = today() - timedelta(days=fields.pop("assigned", 60))
    student = StudentFactory(school=school, **fields)
    return AssignmentFactory(case__student=student, supporter=supporter, starts_on=starts_on)


def context_of(client, user):
    client.force_login(user)
    return client.get(reverse(URL)).context


def test_my_day_orders_pupils_by_days_since_we_met(client, supporter):
    recent, long_ago, never, new = (new_pupil(supporter, assigned=days) for days in (60, 60, 30, 5))
    ContactFactory(assignment=recent, occurred_at=days_ago(2))
    ContactFactory(assignment=long_ago, occurred_at=days_ago(20))

    rows = context_of(client, supporter.user)["pupils"]

    assert [row.student.pk for row in rows] == [
        assignment.student_id for assignment in (never, long_ago, new, recent)
    ]


@pytest.mark.parametrize(
    "kind, outcome, counts",
    [
        ("phone", "met", True),
        ("message", "met", True),
        ("home_visit", "no_answer", False),
        ("at_school", "no_show", False),
        ("phone", "moved", False),
        ("guardian_contact", "met", False),
        ("staff_contact", "met", False),
    ],
)
def test_my_day_only_what_was_held_with_the_pupil_is_a_meeting(client, supporter, kind, outcome, counts):
    first, second = new_pupil(supporter), new_pupil(supporter, assigned=10)
    ContactFactory(assignment=first, occurred_at=days_ago(1), kind=kind, outcome=outcome)

    rows = context_of(client, supporter.user)["pupils"]

    assert [row.student.pk for row in rows][-1] == (first.student_id if counts else second.student_id)


def test_my_day_counts_tries_since_the_last_meeting(client, supporter):
    mine = new_pupil(supporter)
    for days, outcome in [
        (30, "no_answer"),
        (20, "met"),
        (9, "no_answer"),
        (4, "no_answer"),
        (3, "we_cancelled"),
    ]:
        ContactFactory(assignment=mine, occurred_at=days_ago(days), outcome=outcome)

    (row,) = context_of(client, supporter.user)["pupils"]

    assert "20" in row.met and "2 " in row.met.split("·")[1]


def test_my_day_shows_the_latest_next_step(client, supporter):
    mine = new_pupil(supporter)
    for days, step in [(9, "gammalt"), (4, "ses på biblioteket"), (1, "")]:
        ContactFactory(assignment=mine, occurred_at=days_ago(days), next_step=step)

    (row,) = context_of(client, supporter.user)["pupils"]

    assert row.next_step == "ses på biblioteket"


def test_my_day_shows_alias_of_protected(client, supporter):
    mine = new_pupil(supporter, protection="marked", given_name="Hemlig", family_name="Namnsson")
    ContactFactory(assignment=mine, occurred_at=timezone.now())

    page = _page(client, supporter.user)

    assert mine.student.alias in page and "Hemlig" not in page and "Namnsson" not in page


def _page(client, user):
    client.force_login(user)
    response = client.get(reverse(URL))
    assert response.status_code == 200
    return response.content.decode()


def test_my_day_hides_ended_and_others_contacts_but_not_that_they_met(client, supporter):
    mine = new_pupil(supporter)
    ended = AssignmentFactory(case__student__school=mine.school, supporter=supporter, ended=True)
    ContactFactory(assignment=ended, occurred_at=timezone.now())
    colleague = PeerSupporterFactory(school=mine.school)
    ContactFactory(assignment=mine, supporter=colleague, author=colleague.user, occurred_at=days_ago(1))

    context = context_of(client, supporter.user)

    assert [row.student.pk for row in context["pupils"]] == [mine.student_id]
    assert not context["contacts"] and "i går" in context["pupils"][0].met


def test_my_day_lists_todays_contacts_once_with_all_their_pupils(client, supporter):
    mine = new_pupil(supporter)
    contact = ContactFactory(assignment=mine, occurred_at=timezone.now())
    add_participation(contact, new_pupil(supporter), outcome="no_answer")
    ContactFactory(assignment=mine, occurred_at=days_ago(1.1))

    (row,) = context_of(client, supporter.user)["contacts"]

    assert len(row.people) == 2


def test_my_day_tells_load_and_hours(client, supporter):
    pupils = [new_pupil(supporter) for _ in range(2)]
    for days, minutes in [(1, 60), (6, 30), (8, 600)]:
        ContactFactory(assignment=pupils[0], occurred_at=days_ago(days), minutes=minutes)

    load = context_of(client, supporter.user)["load"]

    assert (load.pupils, load.capacity) == (2, 6)  # half of 12 for a full time
    assert "1" in load.week and "30" in load.week


def test_my_day_twice_assigned_stands_once(client, supporter):
    mine = new_pupil(supporter)
    AssignmentFactory(case=mine.case, supporter=supporter, kind="stand_in")

    assert len(context_of(client, supporter.user)["pupils"]) == 1


def test_my_day_empty_and_without_profile(client, supporter):
    assert context_of(client, supporter.user)["load"].pupils == 0
    assert context_of(client, PeerUserFactory())["load"] is None


def test_my_day_is_for_peer_supporters(client):
    client.force_login(CoordinatorFactory())
    assert client.get(reverse(URL)).status_code == 403


def test_my_day_writes_one_log_row(client, supporter):
    pupils = {new_pupil(supporter).student_id for _ in range(2)}
    context_of(client, supporter.user)

    with owner():
        row = AccessLog.objects.get()
    assert set(row.student_ids) == pupils and row.page == URL


@pytest.mark.parametrize("count", [3, 30])
def test_my_day_takes_eight_queries_however_many_pupils(client, supporter, assert_queries, count):
    for _ in range(count):
        ContactFactory(assignment=new_pupil(supporter), occurred_at=timezone.now())
    client.force_login(supporter.user)

    # session with user, scope, profile with visits, pupils, today, tasks and feedback, log, groups
    with assert_queries(8):
        response = client.get(reverse(URL))
    assert len(response.context["pupils"]) == len(response.context["contacts"]) == count


@pytest.fixture
def noon():
    """A day in the middle of the term, so that "today" does not end while the test runs."""
    with time_machine.travel(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), tick=False):
        yield timezone.now()


def booked(assignment, starts_at, **fields):
    return BookingFactory(
        assignment=assignment, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **fields
    )


def test_my_day_shows_todays_bookings_in_time_order(client, noon):
    supporter = PeerSupporterFactory(percent=50)
    first, second = new_pupil(supporter, given_name="Alva"), new_pupil(supporter, given_name="Bilal")
    booked(second, noon + timedelta(hours=3), place="skolgården")
    booked(first, noon + timedelta(hours=1))
    booked(first, noon + timedelta(days=1))
    forgotten = booked(second, noon - timedelta(days=2))
    booked(second, noon - timedelta(days=20))

    context = context_of(client, supporter.user)

    assert [(row.name, row.is_late) for row in context["booked"]] == [
        ("Bilal", True),
        ("Alva", False),
        ("Bilal", False),
    ]
    assert f"booking={forgotten.public_id}" in context["booked"][0].contact_url


def test_my_day_pupils_with_a_time_booked_stand_last(client, noon):
    supporter = PeerSupporterFactory(percent=50)
    unmet, met = new_pupil(supporter, assigned=60), new_pupil(supporter, assigned=5)
    booked(unmet, noon + timedelta(days=6))

    rows = context_of(client, supporter.user)["pupils"]

    assert [row.student.pk for row in rows] == [met.student_id, unmet.student_id]
    assert "30" in rows[1].later and rows[0].later == ""


def test_my_day_what_is_over_is_no_reason_to_wait(client, noon):
    supporter = PeerSupporterFactory(percent=50)
    mine = new_pupil(supporter)
    booked(mine, noon - timedelta(hours=2))
    BookingFactory(
        assignment=mine,
        status="cancelled",
        cancelled_at=noon,
        cancelled_by=supporter.user,
        cancelled_because="student",
    )

    (row,) = context_of(client, supporter.user)["pupils"]

    assert row.later == "" and len(row.bookings) == 1


def test_my_day_paused_pupils_stand_last(client, supporter):
    resting, other = new_pupil(supporter, assigned=60), new_pupil(supporter, assigned=5)
    with owner():
        resting.case.status, resting.case.paused_until = "paused", today() + timedelta(days=9)
        resting.case.save(update_fields=["status", "paused_until"])

    rows = context_of(client, supporter.user)["pupils"]

    assert [row.student.pk for row in rows] == [other.student_id, resting.student_id]


def test_my_day_shows_no_booking_of_a_pupil_who_is_not_mine_any_more(client, noon):
    supporter = PeerSupporterFactory(percent=50)
    mine = new_pupil(supporter)
    booked(mine, noon + timedelta(hours=1))
    with owner():
        mine.ended_at, mine.ended_by = noon, mine.made_by
        mine.save(update_fields=["ended_at", "ended_by"])

    assert context_of(client, supporter.user)["booked"] == []
