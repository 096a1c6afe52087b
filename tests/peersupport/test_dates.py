"""Dates and numbers as they are written in each language."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from overviews.rows.words import duration
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
from peersupport.lib.names import sort_key


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
    assert short_moment(summer) == "ons 1 juli 00:30" and day_of(summer) == date(2026, 7, 1)


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


# --- In each language

LANGUAGES = ["sv", "en", "da"]
MOMENT = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
WORDS = {
    "sv": {
        "short": "tis 24 nov",
        "other year": "tors 1 maj 2025",
        "moment": "tis 24 nov 14:00",
        "long": "tisdag 24 november, vecka 48",
        "ago": "för 12 dagar sedan",
        "near": "i går, i dag, i morgon",
        "whole date": "24 november 2026",
        "date and time": "24 november 2026 14:00",
        "number": "2,5",
        "share": "50 %",
        "duration": "45 min, 2 tim, 1 tim 20 min",
    },
    "en": {
        "short": "Tue 24 Nov",
        "other year": "Thu 1 May 2025",
        "moment": "Tue 24 Nov 14:00",
        "long": "Tuesday 24 November, week 48",
        "ago": "12 days ago",
        "near": "yesterday, today, tomorrow",
        "whole date": "24 November 2026",
        "date and time": "24 November 2026 14:00",
        "number": "2.5",
        "share": "50%",
        "duration": "45 min, 2 h, 1 h 20 min",
    },
    "da": {
        "short": "tir. 24. nov.",
        "other year": "tor. 1. maj 2025",
        "moment": "tir. 24. nov. 14.00",
        "long": "tirsdag 24. november, uge 48",
        "ago": "for 12 dage siden",
        "near": "i går, i dag, i morgen",
        "whole date": "24. november 2026",
        "date and time": "24. november 2026 kl. 14.00",
        "number": "2,5",
        "share": "50 %",
        "duration": "45 min., 2 t., 1 t. 20 min.",
    },
}


def said() -> dict[str, str]:
    template = Template("{% load numbers %}{{ day }}|{{ at }}|{{ number }}|{{ 50|percent }}")
    whole, moment, number, share = template.render(
        Context({"day": date(2026, 11, 24), "at": timezone.localtime(MOMENT), "number": Decimal("2.5")})
    ).split("|")
    return {
        "short": short_date(date(2026, 11, 24)),
        "other year": short_date(date(2025, 5, 1)),
        "moment": short_moment(MOMENT),
        "long": long_date(date(2026, 11, 24)),
        "ago": relative_day(today() - timedelta(days=12)),
        "near": ", ".join(relative_day(today() + timedelta(days=days)) for days in (-1, 0, 1)),
        "whole date": whole,
        "date and time": moment,
        "number": number,
        "share": share,
        "duration": ", ".join(duration(minutes) for minutes in (45, 120, 80)),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_numbers_follow_the_language(language):
    with translation.override(language):
        assert said() == WORDS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_weekday_and_month_has_its_short_name(language):
    """A year of days, no two of them called the same."""
    with translation.override(language):
        days = {short_date(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)}

    assert len(days) == 365


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browsers_own_date_and_time_fields_work_in_every_language(language):
    """They show and send year-month-day and hours:minutes, whatever the language writes."""
    day, field = date(2026, 11, 24), forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    with translation.override(language):
        assert 'value="2026-11-24"' in field.widget.render("day", day)
        assert field.clean("2026-11-24") == day
        assert forms.TimeField().clean("14:30") == time(14, 30)


def test_the_order_of_names_is_swedish_in_every_language():
    names = ["Öberg", "Zetterlund", "Åberg", "Ärlig", "Alm"]
    for language in LANGUAGES:
        with translation.override(language):
            assert sorted(names, key=sort_key) == ["Alm", "Zetterlund", "Åberg", "Ärlig", "Öberg"]


def test_moment_at_refuses_what_the_spring_night_leaves_out():
    with pytest.raises(NoSuchTime):
        moment_at(date(2027, 3, 28), time(2, 30))
    assert moment_at(date(2027, 3, 28), time(3, 0)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_moment_at_takes_the_first_of_the_hour_that_comes_twice():
    assert moment_at(date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment_at(date(2027, 10, 31), time(3, 0)) == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)
