"""Days off in Sweden that every school has, and when a school year's breaks usually are."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

AUTUMN_WEEK, WINTER_WEEK = 44, 8  # the winter break is in one of the weeks 7 to 10, by municipality
YEARS_BACK = 6


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@lru_cache(maxsize=32)
def public_holidays(year: int) -> tuple[date, ...]:
    """The public holidays of `year` (lag 1989:253), but for those that are always Sundays.

    And the three eves that count as Sundays (semesterlagen 1977:480 § 3 a).
    """
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return tuple(
        sorted(
            {
                date(year, 1, 1),
                date(year, 1, 6),
                sunday - timedelta(days=2),  # Good Friday
                sunday + timedelta(days=1),
                date(year, 5, 1),
                sunday + timedelta(days=39),  # Ascension Day
                date(year, 6, 6),
                midsummer - timedelta(days=1),
                midsummer,
                _saturday_from(date(year, 10, 31)),  # All Saints' Day
                *(date(year, 12, day) for day in (24, 25, 26, 31)),
            }
        )
    )


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def holidays_around(day: date) -> list[date]:
    """The public holidays that can matter when days are counted on `day`: some years back, one ahead."""
    years = range(day.year - YEARS_BACK, day.year + 2)
    return [holiday for year in years for holiday in public_holidays(year)]


def usual_breaks(year: int) -> Iterator[tuple[str, date, date]]:
    """Code, first and last day of the breaks of the school year that begins in `year`, as they often are.

    A proposal only: municipality or school decides (skolförordningen 3 kap. 2–3 §§).
    """
    sunday = easter(year + 1)
    yield "autumn", *_week(year, AUTUMN_WEEK)
    yield "christmas", date(year, 12, 21), date(year + 1, 1, 8)
    yield "winter", *_week(year + 1, WINTER_WEEK)
    yield "easter", sunday + timedelta(days=1), sunday + timedelta(days=5)
    yield "summer", date(year + 1, 6, 14), date(year + 1, 8, 17)


def _week(year: int, week: int) -> tuple[date, date]:
    """Monday and Friday of an ISO week."""
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 5)
