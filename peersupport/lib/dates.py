"""Days as people in Sweden count them. Moments are stored in UTC; a day is a day in Stockholm."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def today() -> date:
    """The date in Stockholm now; the database's `app_today()` gives the same."""
    return timezone.localdate()


def start_of_day(day: date) -> datetime:
    """The first moment of `day` in Stockholm, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    """The Monday of the week of `day` (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def school_year_of(day: date) -> tuple[date, date]:
    """First and last day of the school year (läsår) that `day` falls in: 1 July to 30 June (SkolF 3 kap)."""
    first = date(day.year if day.month >= 7 else day.year - 1, 7, 1)
    return first, date(first.year + 1, 6, 30)
