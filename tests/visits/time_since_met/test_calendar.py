"""Which days count: school days, breaks, holidays, and the days on which the clocks change."""

from datetime import UTC, date, datetime

import pytest

from peersupport.demo.factories import ContactFactory, OrganisationFactory, SchoolBreakFactory, SchoolFactory
from peersupport.lib.school_days import easter, public_holidays
from tests.visits.time_since_met.days import assigned, change, counted, met, row_of

pytestmark = pytest.mark.django_db


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
    days = (date(2020, 12, 30), date(2021, 1, 3), date(2021, 1, 7))
    assert [row_of(mine, petra, day).days for day in days] == [3, 3, 6]


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
