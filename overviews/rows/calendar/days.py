"""The seven days of a week, with what is off and what is planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.calendar.entries import Entry
from overviews.rows.words import joined
from peersupport.lib.dates import day_of, short_date, today
from peersupport.lib.school_days import public_holidays
from schools.models import Role, SchoolBreak
from supporters.models import Placement


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    day: date
    name: str  # "mån 28 dec"
    is_today: bool
    can_book: bool  # not over yet
    off: tuple[str, ...]  # a public holiday, a break of schools one works at
    entries: tuple[Entry, ...]

    @property
    def is_empty(self) -> bool:
        return not self.off and not self.entries


def days_of(user: User, monday: date, entries: Sequence[Entry]) -> list[Day]:
    """Monday to Sunday."""
    breaks = list(_breaks(user, monday))
    return [_day(monday + timedelta(days=number), breaks, entries) for number in range(7)]


def _day(day: date, breaks: Iterable[SchoolBreak], entries: Sequence[Entry]) -> Day:
    holiday = (_("Public holiday"),) if day in public_holidays(day.year) else ()
    off = (_break_text(one) for one in breaks if one.first_on <= day <= one.last_on)
    return Day(
        day=day,
        name=short_date(day),
        is_today=day == today(),
        can_book=day >= today(),
        off=(*holiday, *off),
        entries=tuple(one for one in entries if day_of(one.starts_at) == day),
    )


def _breaks(user: User, monday: date) -> Iterable[SchoolBreak]:
    """Of all schools, of those one coordinates, or of those one is placed at today."""
    here = Placement.objects.visible_to(user).holding_today().filter(school=OuterRef("school"))
    mine = Q(school__in=user.acting.schools) if user.acting.role == Role.COORDINATOR else Q(Exists(here))
    rows = SchoolBreak.objects.visible_to(user).filter(Q(school__isnull=True) | mine)
    in_week = rows.filter(first_on__lte=monday + timedelta(days=6), last_on__gte=monday)
    return in_week.select_related("school")


def _break_text(one: SchoolBreak) -> str:
    return joined(capfirst(one.get_kind_display()), one.school.name if one.school else "")
