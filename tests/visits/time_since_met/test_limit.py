"""When a pupil is long since met: at both sides of the limit."""

from datetime import date

import pytest

from tests.visits.time_since_met.days import assigned, change, met, row_of

pytestmark = pytest.mark.django_db


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
