"""The municipality's school breaks: those that the demo's year of contacts keeps to (calendar.is_school_day)."""

from collections.abc import Iterator
from datetime import date, timedelta

from peersupport.demo.calendar import AUTUMN_WEEK, WINTER_WEEK
from peersupport.lib.dates import school_year_of, today
from peersupport.lib.school_days import easter
from schools.models import Organisation, SchoolBreak


def keep_breaks(organisation: Organisation) -> None:
    """Of the last school year and this one; the coming summer is left for the visitor to add."""
    first, _last = school_year_of(today())
    for year in (first.year - 1, first.year):
        for kind, first_on, last_on in _breaks(year):
            if (kind, year) != ("summer", first.year):
                SchoolBreak.objects.create(
                    organisation=organisation, kind=kind, first_on=first_on, last_on=last_on
                )


def _breaks(year: int) -> Iterator[tuple[str, date, date]]:
    sunday = easter(year + 1)
    yield "autumn", *_week(year, AUTUMN_WEEK)
    yield "christmas", date(year, 12, 20), date(year + 1, 1, 8)
    yield "winter", *_week(year + 1, WINTER_WEEK)
    yield "easter", sunday - timedelta(days=2), sunday + timedelta(days=5)
    yield "summer", date(year + 1, 6, 12), date(year + 1, 8, 16)


def _week(year: int, week: int) -> tuple[date, date]:
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 5)
