"""Dates as Swedes write them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from peersupport.lib.dates import (
    NoSuchTime,
    clock,
    day_of,
    long_date,
    moment_at,
    relative_day,
    short_date,
    short_moment,
    today,
)


@pytest.fixture(autouse=True)
def tuesday():
    with (
        translation.override("sv"),
        time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False),
    ):
        yield


def test_short_date_has_the_year_only_when_it_is_another():
    assert short_date(date(2026, 11, 24)) == "tis 24 nov"
    assert short_date(date(2025, 5, 1)) == "tors 1 maj 2025"


def test_moments_follow_the_clock_in_stockholm():
    winter, summer = datetime(2026, 11, 24, 13, 0, tzinfo=UTC), datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert short_moment(winter) == "tis 24 nov 14:00" and clock(winter) == "14:00"
    assert short_moment(summer) == "ons 1 jul 00:30" and day_of(summer) == date(2026, 7, 1)


@pytest.mark.parametrize(
    "days, text",
    [
        (0, "i dag"),
        (-1, "i går"),
        (1, "i morgon"),
        (-2, "för 2 dagar sedan"),
        (-12, "för 12 dagar sedan"),
        (3, "om 3 dagar"),
    ],
)
def test_relative_day(days, text):
    assert relative_day(today() + timedelta(days=days)) == text


def test_relative_day_turns_at_midnight_in_stockholm():
    late = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)  # 23:59
    assert relative_day(day_of(late)) == "i går"
    assert relative_day(day_of(late + timedelta(minutes=2))) == "i dag"


def test_long_date_names_the_week():
    assert long_date(date(2026, 11, 24)) == "tisdag 24 november, vecka 48"
    assert long_date(date(2027, 1, 1)) == "fredag 1 januari, vecka 53"


def test_filters():
    template = Template(
        "{% load dates %}{{ day|short_date }}|{{ day|relative_day }}|{{ at|short_moment }}|{{ none|short_date }}"
    )
    values = {"day": date(2026, 11, 23), "at": datetime(2026, 11, 24, 13, 0, tzinfo=UTC), "none": None}
    assert template.render(Context(values)) == "mån 23 nov|i går|tis 24 nov 14:00|"


def test_moment_at_refuses_what_the_spring_night_leaves_out():
    with pytest.raises(NoSuchTime):
        moment_at(date(2027, 3, 28), time(2, 30))
    assert moment_at(date(2027, 3, 28), time(3, 0)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_moment_at_takes_the_first_of_the_hour_that_comes_twice():
    assert moment_at(date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment_at(date(2027, 10, 31), time(3, 0)) == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)
