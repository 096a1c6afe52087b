"""Min månad: a supporter's own hours, by week, by kind and by day. One query; no pupil in it anywhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from overviews.rows.words import duration, joined
from peersupport.lib.dates import clock, day_of, short_date, start_of_day, today
from peersupport.lib.numbers import tenths
from peersupport.lib.urls import prefix
from schools.codes import CONTACT_KIND, OTHER_TIME_KIND, Words

FIRST = date(2020, 1, 1)  # no month before it: nobody has hours there
MONTH = re.compile(r"(\d{4})-(\d{2})")
MY_TIME = "select * from my_time(%s, %s)"
HELD, TRIED, OTHER = "held", "tried", "other"


def month_of(text: str) -> date:
    """The first day of the month in `text` ("2026-11"); of this month for anything else, or one to come."""
    this = today().replace(day=1)
    found = MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < FIRST.year:
        return this
    return min(date(int(found[1]), int(found[2]), 1), this)


def token_of(month: date) -> str:
    return f"{month:%Y-%m}"


def month_before(month: date) -> date | None:
    return (month - timedelta(days=1)).replace(day=1) if month > FIRST else None


def month_after(month: date) -> date | None:
    """None after this month: nothing is written down ahead."""
    following = _next(month)
    return following if following <= today() else None


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def month_name(month: date) -> str:
    """ "november 2026"."""
    return f"{MONTHS[month.month]} {month.year}"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One contact, or one piece of other time. Minutes and kilometres; nothing says with whom."""

    at: datetime
    part: str  # HELD, TRIED or OTHER
    kind: str
    minutes: int
    travel_minutes: int
    km: Decimal
    note: str
    edit_url: str  # of other time, and of heads; a contact with a pupil is changed on the pupil's page

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def time(self) -> str:
        return clock(self.at)

    @property
    def text(self) -> str:
        """ "45 min · försök · restid 20 min · 12 km"."""
        return joined(
            duration(self.minutes) if self.minutes else "",
            _("tried or cancelled") if self.part == TRIED else "",
            _("travel %(time)s") % {"time": duration(self.travel_minutes)} if self.travel_minutes else "",
            _("%(number)s km") % {"number": tenths(self.km)} if self.km else "",
        )


@dataclass(slots=True)
class Sums:
    """Minutes by what they went to, and kilometres; `minutes` is all of it."""

    held: int = 0
    tried: int = 0
    other: int = 0
    travel: int = 0
    km: Decimal = field(default_factory=Decimal)

    @property
    def minutes(self) -> int:
        return self.held + self.tried + self.other + self.travel

    @property
    def shown(self) -> dict[str, str]:
        """In words; empty for nothing, but for the whole."""
        parts = {name: getattr(self, name) for name in (HELD, TRIED, OTHER, "travel")}
        words = {name: duration(value) if value else "" for name, value in parts.items()}
        return words | {"minutes": duration(self.minutes), "km": tenths(self.km) if self.km else ""}


def sums_of(rows: Iterable[TimeRow]) -> Sums:
    """The one place where hours are added up: week, month, page and file."""
    sums = Sums()
    for row in rows:
        setattr(sums, row.part, getattr(sums, row.part) + row.minutes)
        sums.travel += row.travel_minutes
        sums.km += row.km
    return sums


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week, as far as it lies in the month."""

    label: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Day:
    """A day with something in it."""

    label: str
    sums: Sums
    rows: list[TimeRow]


@dataclass(frozen=True, slots=True)
class KindLine:
    """How often, and how long in all."""

    kind: str
    count: int
    time: str


@dataclass(frozen=True, slots=True)
class Month:
    """What the page and the file show; all of it from the same rows."""

    first: date
    rows: list[TimeRow]

    @property
    def name(self) -> str:
        return month_name(self.first)

    @property
    def sums(self) -> Sums:
        return sums_of(self.rows)

    @property
    def weeks(self) -> list[Week]:
        weeks = groupby(self.rows, key=lambda row: row.day.isocalendar()[:2])
        return [
            Week(_("week %(number)s") % {"number": number}, sums_of(rows)) for (_y, number), rows in weeks
        ]

    @property
    def days(self) -> list[Day]:
        """The latest first, as one looks for what was just written."""
        found = []
        for day, group in groupby(self.rows, key=lambda row: row.day):
            rows = list(group)
            found.append(Day(capfirst(short_date(day)), sums_of(rows), rows))
        return found[::-1]

    @property
    def kinds(self) -> list[KindLine]:
        """In the order of their words, contacts before other time: nothing is ranked."""

        def by_kind(row: TimeRow) -> tuple[bool, str]:
            return row.part == OTHER, row.kind

        lines = []
        for (_is_other, kind), group in groupby(sorted(self.rows, key=by_kind), key=by_kind):
            rows = list(group)
            lines.append(KindLine(kind, len(rows), duration(sum(row.minutes for row in rows))))
        return lines


def my_month(month: date, words: Words) -> Month:
    """The hours of whoever is in scope, a supporter; `words` are the organisation's."""
    with connection.cursor() as cursor:
        cursor.execute(MY_TIME, [start_of_day(month), start_of_day(_next(month))])
        found = cursor.fetchall()
    edit, edit_heads = prefix("visits:other_time_edit"), prefix("visits:contact_edit")
    return Month(month, [_row(line, words, edit, edit_heads) for line in found])


def _row(line: Sequence[Any], words: Words, edit: Any, edit_heads: Any) -> TimeRow:
    source, public_id, at, kind, local_kind, is_held, counts_heads, *rest = line
    minutes, travel_minutes, km, note = rest
    is_contact = source == "contact"
    label = words.label(CONTACT_KIND, kind, local_kind) if is_contact else OTHER_TIME_KIND.label(kind)
    return TimeRow(
        at=at,
        part=(HELD if is_held else TRIED) if is_contact else OTHER,
        kind=capfirst(label),
        minutes=minutes,
        travel_minutes=travel_minutes,
        km=km,
        note=note,
        edit_url=edit_heads(public_id) if counts_heads else "" if is_contact else edit(public_id),
    )


def month_url(month: date) -> str:
    return f"{reverse('overviews:my_month')}?month={token_of(month)}"
