"""How much a supporter carries: pupils against room, and hours. Numbers, never whose; no ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from overviews.rows.words import duration
from visits.models import ContactKind

# What hours go to: contacts, held or tried, by kind, the travel with them, and other time (7_hours.sql).
PARTS = [
    *ContactKind.choices,
    ("travel", gettext_lazy("Travel to contacts")),
    ("other_time", gettext_lazy("Other time")),
]
HOURS_OF = timedelta(days=30)
Minutes = dict[str, int]  # by kind of contact, "travel" and "other_time"


@dataclass(frozen=True, slots=True)
class Load:
    """A supporter's load in words; `over` is empty while there is room for all."""

    text: str
    share: int  # percent of the room that is taken, for the bar beside the words
    over: str
    hours: str
    kinds: list[tuple[str, str]]


def minutes_by_kind(supporters: Iterable[Any]) -> dict[int, Minutes]:
    """Minutes of the last thirty days, at all schools, of those supporters the user may see. One query.

    The owner's function adds them up: whoever sees no pupil sees no contact either.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select supporter_id, kind, minutes from supporter_minutes(%s::bigint[], %s)",
            [[supporter.pk for supporter in supporters], timezone.now() - HOURS_OF],
        )
        found: dict[int, Minutes] = {}
        for supporter, kind, minutes in cursor.fetchall():
            found.setdefault(supporter, {})[kind] = int(minutes)
    return found


class MinutesSince(Func):
    """`MinutesSince("pk", Value(moment))`: a supporter's minutes since then, by the same definition."""

    arg_joiner = "]::bigint[], "
    template = "(select sum(h.minutes) from supporter_minutes(array[%(expressions)s) h)"
    output_field = IntegerField()


def load_of(supporter: Any, minutes: Minutes) -> Load:
    """The load of a supporter `with_capacity` and `with_open_assignments`."""
    taken, capacity = supporter.open_assignments or 0, supporter.capacity
    return Load(
        text=_("%(taken)s of %(capacity)s") % {"taken": taken, "capacity": capacity},
        share=min(100, round(100 * taken / capacity)) if capacity else 100 * bool(taken),
        over=_over(taken - capacity),
        hours=duration(sum(minutes.values())),
        kinds=[
            (str(label), duration(minutes[code]))
            for code, label in PARTS  # in the order of the kinds: nothing is ranked
            if minutes.get(code)
        ],
    )


def _over(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext(
        "%(count)s more than there is room for", "%(count)s more than there is room for", count
    ) % {"count": count}
