"""What pages make of it: pauses and bookings, whose pupils, and all pages the same."""

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    SchoolBreakFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import short_date, today
from peersupport.lib.school_days import holidays_around
from students.models import Student
from tests.visits.time_since_met.days import TUESDAY, assigned, at, change, counted, met, noon, row_of

pytestmark = pytest.mark.django_db


def test_time_since_met_a_pause_is_no_silence_until_its_last_day_is_over(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    change(mine.case, status="paused", paused_until=date(2025, 11, 25))

    last_day = row_of(mine, petra, date(2025, 11, 25))
    assert (last_day.rests, last_day.is_quiet) == (True, False)
    assert row_of(mine, petra, date(2025, 11, 26)).is_quiet
    change(mine.case, paused_until=None)  # open-ended
    assert not row_of(mine, petra, date(2025, 11, 26)).is_quiet


@pytest.mark.parametrize("day, soon", [(date(2025, 12, 9), True), (date(2025, 12, 10), False)])
def test_time_since_met_a_booking_within_the_limit_moves_the_row_last(client, home, petra, day, soon):
    longest, other = assigned(home, date(2025, 9, 1)), assigned(home, date(2025, 9, 1))
    met(longest, date(2025, 10, 1))
    met(other, date(2025, 11, 3))
    BookingFactory(assignment=longest, starts_at=noon(day), ends_at=noon(day) + timedelta(hours=1))

    row = row_of(longest, petra, TUESDAY)
    assert (row.is_quiet, row.is_booked_soon) == (True, soon)
    with at(TUESDAY):
        client.force_login(petra)
        shown = client.get(reverse("overviews:overview")).context["quiet"]
    assert [one.pk for one in shown][-1] == (longest if soon else other).student_id
    with at(TUESDAY):
        booked = f"bokad {short_date(day)}"
    assert booked in next(one for one in shown if one.pk == longest.student_id).text


def test_time_since_met_counts_tries_since_the_meeting_by_whomever(client, home):
    mine = assigned(home, date(2025, 9, 1))
    stand_in = PeerSupporterFactory(school=home)
    met(mine, date(2025, 10, 31), outcome="no_answer")
    met(mine, date(2025, 11, 3))
    met(mine, date(2025, 11, 10), outcome="no_answer")
    met(mine, date(2025, 11, 11), outcome="we_cancelled")
    met(mine, date(2025, 11, 13), outcome="moved")
    met(
        mine,
        date(2025, 11, 12),
        outcome="no_show",
        kind="at_school",
        supporter=stand_in,
        author=stand_in.user,
    )

    with at(TUESDAY):
        client.force_login(mine.supporter.user)
        (row,) = client.get(reverse("overviews:my_day")).context["pupils"]

    assert row.met.endswith("3 försök sedan dess") and "16 skoldagar" in row.met


def test_time_since_met_tells_nobody_elses_pupils(home, petra):
    mine, colleagues = assigned(home, date(2025, 9, 1)), assigned(home, date(2025, 9, 1))
    elsewhere = SchoolFactory(organisation=home.organisation)
    other, foreign = assigned(elsewhere, date(2025, 9, 1)), AssignmentFactory()
    at_home = CoordinatorFactory(school=home)

    assert set(counted(mine.supporter.user, TUESDAY)) == {mine.student_id}
    assert set(counted(at_home, TUESDAY)) == {mine.student_id, colleagues.student_id}
    assert set(counted(petra, TUESDAY)) == {mine.student_id, colleagues.student_id, other.student_id}
    assert foreign.student_id not in counted(petra, TUESDAY)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_my_day_overview_and_the_list_count_the_same_pupils(client, home, petra, seed):
    """A world by chance, and the rule once more in plain Python."""
    chance = Random(seed)  # noqa: S311
    schools = [home, SchoolFactory(organisation=home.organisation)]
    breaks = [
        (None, date(2025, 10, 27), date(2025, 10, 31)),
        (schools[1], date(2025, 11, 3), date(2025, 11, 5)),
    ]
    for school, first, last in breaks:
        SchoolBreakFactory(organisation=home.organisation, school=school, first_on=first, last_on=last)
    supporters = [PeerSupporterFactory(school=school) for school in (*schools, *schools)]
    expected = set()
    for _ in range(24):
        number = chance.randrange(4)
        school, supporter = schools[number % 2], supporters[number]
        starts_on = date(2025, 10, 1) + timedelta(days=chance.randrange(55))
        mine = assigned(school, starts_on, supporter=supporter)
        if chance.random() < 0.3:
            AssignmentFactory(
                case=mine.case, supporter=chance.choice(supporters), kind="stand_in", starts_on=starts_on
            )
        meetings = [starts_on]
        for _ in range(chance.randrange(4)):
            day = starts_on + timedelta(days=chance.randrange((TUESDAY - starts_on).days + 1))
            fields = {
                "kind": chance.choice(["phone", "home_visit", "staff_contact"]),
                "outcome": chance.choice(["met", "no_answer"]),
            }
            by = chance.choice(supporters)
            met(mine, day, supporter=by, author=by.user, **fields)
            if fields["outcome"] == "met" and fields["kind"] != "staff_contact":
                meetings.append(day)
        rests = chance.random() < 0.2
        if rests:
            change(mine.case, status="paused", paused_until=TUESDAY + timedelta(days=chance.randrange(9)))
        limit = 10 if len(meetings) > 1 else 5
        if not rests and school_days(max(meetings), school, breaks) > limit:
            expected.add(mine.student_id)

    with at(TUESDAY):
        client.force_login(petra)
        overview = client.get(reverse("overviews:overview")).context
        listed = client.get(reverse("overviews:student_list"), {"days": "limit"}).context["rows"]
        of_supporters = set()
        for supporter in supporters:
            client.force_login(supporter.user)
            my_day = client.get(reverse("overviews:my_day")).context
            quiet = {row.student.pk for row in my_day["pupils"] if row.is_quiet}
            own_list = client.get(reverse("overviews:student_list"), {"days": "limit"}).context["rows"]
            assert my_day["quiet"].quiet_count == len(quiet) == len(own_list)
            of_supporters |= quiet

    assert 0 < len(expected) < 24
    assert of_supporters == expected
    assert overview["figures"].quiet_count == len(listed) == len(expected)
    with owner():
        urls = {
            reverse("overviews:student_detail", args=[student.public_id])
            for student in Student.objects.filter(pk__in=expected)
        }
    assert {row.url for row in listed} == urls


def school_days(since, school, breaks):
    """How many lie after `since`, to and including TUESDAY."""
    with at(TUESDAY):
        holidays = holidays_around(today())
    days = (since + timedelta(days=number) for number in range(1, (TUESDAY - since).days + 1))
    return sum(
        day.weekday() < 5
        and day not in holidays
        and not any(of in (None, school) and first <= day <= last for of, first, last in breaks)
        for day in days
    )
