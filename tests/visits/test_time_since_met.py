"""When a pupil is long since met: the one function, at both sides of the limit, and wherever it is asked.

The clock stands on days that have passed: whose pupil it is, the database asks its own clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    ContactFactory,
    CoordinatorFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    SchoolBreakFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.school_days import easter, holidays_around, public_holidays
from peersupport.lib.statements import rows_around
from peersupport.scope import scope
from students.models import Student
from visits.queries import TIME_SINCE_MET, counted_now, long_since_met

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = date(2025, 11, 25)


def noon(day):
    return datetime.combine(day, time(12), STOCKHOLM)


def at(day, hour=12):
    return time_machine.travel(datetime.combine(day, time(hour), STOCKHOLM).astimezone(UTC), tick=False)


@pytest.fixture
def home():
    """More than 10 days is long, more than 5 before the first meeting; school days."""
    with at(TUESDAY):
        return SchoolFactory(
            organisation=OrganisationFactory(days_without_contact=10, days_before_first_contact=5)
        )


@pytest.fixture
def petra(home):
    with at(TUESDAY):
        return CoordinatorFactory(organisation=home.organisation)


def assigned(home, starts_on, **fields):
    with at(starts_on):
        supporter = fields.pop("supporter", None) or PeerSupporterFactory(school=home)
        return AssignmentFactory(
            case__student__school=home, supporter=supporter, starts_on=starts_on, **fields
        )


def met(assignment, day, **fields):
    return ContactFactory(assignment=assignment, occurred_at=noon(day), **fields)


def change(row, **fields):
    with owner():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))


def counted(user, day, hour=12):
    """student id → row of the function, as `user` on `day`."""
    with at(day, hour), scope(user):
        rows = rows_around(f"select q.* from {TIME_SINCE_MET} q", counted_now())  # noqa: S608
    return {row.student_id: row for row in rows}


def row_of(assignment, user, day, hour=12):
    return counted(user, day, hour)[assignment.student_id]


# --- The limit, from both sides


def test_time_since_met_exactly_the_limit_is_not_long_and_a_day_more_is(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 10))  # a Monday; the tenth school day after it is Monday the 24th

    on_the_limit, over = (row_of(mine, petra, date(2025, 11, day)) for day in (24, 25))

    assert (on_the_limit.days, on_the_limit.is_quiet) == (10, False)
    assert (over.days, over.is_quiet) == (11, True)


def test_time_since_met_a_weekend_adds_no_school_day(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 14))  # a Friday

    assert [row_of(mine, petra, date(2025, 11, day)).days for day in (14, 15, 16, 17)] == [0, 0, 0, 1]


def test_time_since_met_counts_all_days_where_the_organisation_says_so(home, petra):
    change(home.organisation, counts_school_days=False, days_without_contact=14)
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 10))

    on_the_limit, over = (row_of(mine, petra, date(2025, 11, day)) for day in (24, 25))

    assert (on_the_limit.days, on_the_limit.is_quiet) == (14, False)
    assert (over.days, over.is_quiet) == (15, True)


def test_time_since_met_before_the_first_meeting_has_a_limit_of_its_own(home, petra):
    mine = assigned(home, date(2025, 11, 17))  # a Monday

    first_day, on_the_limit, over = (row_of(mine, petra, date(2025, 11, day)) for day in (17, 24, 25))

    assert (first_day.days, first_day.is_quiet, first_day.last_met_at) == (0, False, None)
    assert (on_the_limit.days, on_the_limit.is_quiet) == (5, False)
    assert (over.days, over.is_quiet, over.limit_days) == (6, True, 5)


def test_time_since_met_once_met_the_usual_limit_holds(home, petra):
    mine = assigned(home, date(2025, 11, 10))
    met(mine, date(2025, 11, 10))

    row = row_of(mine, petra, date(2025, 11, 24))

    assert (row.days, row.limit_days, row.is_quiet) == (10, 10, False)


# --- The calendar


def test_time_since_met_leaves_the_christmas_break_out(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 12, 19))
    friday = date(2026, 1, 9)

    # Without a calendar: weekdays but for six holidays.
    assert row_of(mine, petra, friday).days == 9
    SchoolBreakFactory(
        organisation=home.organisation,
        kind="christmas",
        first_on=date(2025, 12, 22),
        last_on=date(2026, 1, 8),
    )
    assert row_of(mine, petra, friday).days == 1
    assert not row_of(mine, petra, date(2026, 1, 22)).is_quiet  # the tenth
    assert row_of(mine, petra, date(2026, 1, 23)).is_quiet


def test_time_since_met_a_break_of_one_school_is_no_other_schools(home, petra):
    other = SchoolFactory(organisation=home.organisation)
    here, there = assigned(home, date(2025, 9, 1)), assigned(other, date(2025, 9, 1))
    for mine in (here, there):
        met(mine, date(2025, 10, 24))
    week = {"first_on": date(2025, 10, 27), "last_on": date(2025, 10, 31)}
    SchoolBreakFactory(organisation=home.organisation, school=home, **week)
    SchoolBreakFactory(
        organisation=OrganisationFactory(), first_on=date(2025, 11, 3), last_on=date(2025, 11, 7)
    )

    rows = counted(petra, date(2025, 11, 3))

    assert (rows[here.student_id].days, rows[there.student_id].days) == (1, 6)


def test_time_since_met_breaks_that_overlap_leave_a_day_out_once(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 10, 24))
    for school in (None, home):
        SchoolBreakFactory(
            organisation=home.organisation,
            school=school,
            first_on=date(2025, 10, 27),
            last_on=date(2025, 10, 29),
        )

    assert row_of(mine, petra, date(2025, 10, 31)).days == 2


def test_time_since_met_counts_through_week_53_and_the_new_year(home, petra):
    mine = assigned(home, date(2020, 9, 1))
    met(mine, date(2020, 12, 27))  # the Sunday before week 53

    # 28, 29, 30 December; 31 and 1 January are no school days, nor the weekend; the 4th and 5th; not the 6th.
    assert [
        row_of(mine, petra, day).days for day in (date(2020, 12, 30), date(2021, 1, 3), date(2021, 1, 7))
    ] == [
        3,
        3,
        6,
    ]


@pytest.mark.parametrize(
    "moment, since",
    [
        (datetime(2025, 10, 25, 21, 59, tzinfo=UTC), date(2025, 10, 25)),  # 23:59 in summer time
        (datetime(2025, 10, 25, 22, 0, tzinfo=UTC), date(2025, 10, 26)),
        (datetime(2025, 10, 26, 22, 59, tzinfo=UTC), date(2025, 10, 26)),  # 23:59, an hour later by the sun
        (datetime(2025, 10, 26, 23, 0, tzinfo=UTC), date(2025, 10, 27)),
    ],
)
def test_time_since_met_days_are_days_in_stockholm_also_when_the_clocks_change(home, petra, moment, since):
    change(home.organisation, counts_school_days=False)
    mine = assigned(home, date(2025, 9, 1))
    ContactFactory(assignment=mine, occurred_at=moment)

    row = row_of(mine, petra, date(2025, 11, 2), hour=0)

    assert row.since == since and row.days == (date(2025, 11, 2) - since).days


def test_public_holidays_are_those_of_the_law():
    in_the_week = [day.isoformat() for day in public_holidays(2026) if day.weekday() < 5]
    assert in_the_week == [
        *("2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19"),
        *("2026-12-24", "2026-12-25", "2026-12-31"),
    ]
    assert date(2026, 6, 20) in public_holidays(2026) and date(2026, 10, 31) in public_holidays(2026)
    assert date(2024, 6, 6) in public_holidays(2024) and date(2024, 6, 21) in public_holidays(2024)


def test_easter_is_when_it_is():
    assert [easter(year) for year in (2025, 2026, 2027)] == [
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
    ]


# --- What counts as a meeting


@pytest.mark.parametrize(
    "fields, counts",
    [
        ({"kind": "phone"}, True),
        ({"kind": "home_visit", "outcome": "no_answer"}, False),
        ({"kind": "guardian_contact"}, False),
        ({"kind": "staff_contact"}, False),
    ],
)
def test_time_since_met_only_a_held_contact_of_a_kind_that_counts(home, petra, fields, counts):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    met(mine, date(2025, 11, 24), **fields)

    assert (row_of(mine, petra, TUESDAY).days == 1) is counts


def test_time_since_met_kinds_are_the_organisations_to_choose(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 10), kind="home_visit")
    met(mine, date(2025, 11, 24), kind="message")
    change(home.organisation, uncounted_kinds=["message", "staff_contact"])

    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 10)
    met(mine, date(2025, 11, 21), kind="guardian_contact")
    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 21)


def test_time_since_met_a_kind_that_forms_no_longer_offer_still_counts(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 24), kind="phone")
    change(home.organisation, hidden_codes=["contact_kind:phone"])

    assert row_of(mine, petra, TUESDAY).days == 1


def test_time_since_met_a_stand_ins_contact_counts_for_the_pupil(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    stand_in = PeerSupporterFactory(school=home)
    AssignmentFactory(case=mine.case, supporter=stand_in, kind="stand_in", starts_on=date(2025, 11, 10))
    met(mine, date(2025, 11, 24), supporter=stand_in, author=stand_in.user)

    for user in (petra, mine.supporter.user, stand_in.user):
        assert row_of(mine, user, TUESDAY).days == 1, user
    # Both are told the day, neither reads the other's contact.
    with at(TUESDAY), scope(mine.supporter.user) as acting:
        assert acting.role == "peer_supporter"
        students = long_since_met(Student.objects.visible_to(mine.supporter.user))
        assert list(students) == []


def test_time_since_met_a_stand_in_counts_from_the_main_supporters_first_day(home, petra):
    mine = assigned(home, date(2025, 11, 3))
    stand_in = PeerSupporterFactory(school=home)
    AssignmentFactory(case=mine.case, supporter=stand_in, kind="stand_in", starts_on=date(2025, 11, 24))

    assert row_of(mine, stand_in.user, TUESDAY).days == row_of(mine, petra, TUESDAY).days == 16


def test_time_since_met_a_withdrawn_contact_is_none(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    contact = met(mine, date(2025, 11, 24))
    change(contact, withdrawn_at=noon(TUESDAY), withdrawn_by=contact.author, withdrawn_reason="mistake")

    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 3)


# --- Pauses and bookings


def test_time_since_met_a_pause_is_no_silence_until_its_last_day_is_over(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    change(mine.case, status="paused", paused_until=date(2025, 11, 25))

    assert (
        row_of(mine, petra, date(2025, 11, 25)).rests,
        row_of(mine, petra, date(2025, 11, 25)).is_quiet,
    ) == (
        True,
        False,
    )
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
    assert str(day.day) in next(one for one in shown if one.pk == longest.student_id).text


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


# --- Whose rows


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
