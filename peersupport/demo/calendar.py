"""School days of an invented municipality, true to the calendar of any year."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from peersupport.lib.dates import today
from peersupport.lib.school_days import easter

AUTUMN_WEEK, WINTER_WEEK = 44, 7


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


def morning(days_ago: int) -> datetime:
    """Half past ten so many days ago, or on the Friday before a weekend."""
    day = today() - timedelta(days=days_ago)
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def recent_moments(number: int, not_before: date) -> Iterator[datetime]:
    """When the `number`th pupil of the tale was sought in the last seven weeks: school days, hours of their own."""
    hour = time(8 + 75 * (number % 6) // 60, 75 * (number % 6) % 60)
    days = {_school_day_before(days_ago + number % 3) for days_ago in (44, 37, 33, 27, 22, 15, 8, 5, 2)}
    for day in sorted(days):
        if day >= not_before and (today() - day).days < 50:
            yield timezone.make_aware(datetime.combine(day, hour))


def _school_day_before(days_ago: int) -> date:
    """The day so long ago, or the last school day before it; in the summer a weekday, for the phone goes on."""
    wished = today() - timedelta(days=days_ago)
    earlier = [wished - timedelta(days=back) for back in range(10)]
    return next(
        (day for day in earlier if is_school_day(day)), next(day for day in earlier if day.weekday() < 5)
    )
