"""School days of an invented municipality, true to the calendar of any year."""

from collections.abc import Iterator
from datetime import date, timedelta

AUTUMN_WEEK, WINTER_WEEK = 44, 7


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def is_school_day(day: date) -> bool:
    """No weekend, holiday or break: autumn week 44, Christmas, week 7, Easter week, and mid June to mid
    August.
    """
    if day.weekday() > 4:
        return False
    in_summer = (6, 12) <= (day.month, day.day) <= (8, 16)
    at_christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 8)
    in_break = day.isocalendar().week in {AUTUMN_WEEK, WINTER_WEEK} or _around_easter(day)
    return not (in_summer or at_christmas or in_break or _is_spring_holiday(day))


def _around_easter(day: date) -> bool:
    return timedelta(days=-2) <= day - easter(day.year) <= timedelta(days=5)


def _is_spring_holiday(day: date) -> bool:
    ascension = easter(day.year) + timedelta(days=39)
    return day in {date(day.year, 5, 1), date(day.year, 6, 6), ascension, ascension + timedelta(days=1)}


def school_days(first: date, last: date) -> Iterator[date]:
    """The school days from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        if is_school_day(day := first + timedelta(days=offset)):
            yield day
