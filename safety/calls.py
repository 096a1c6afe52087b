"""The open alarms that call the person who asks. On every page without a query: they come with the scope."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peersupport.scope import Acting
from safety.models import AlarmKind
from safety.models.duty import SEE_DUTY


@dataclass(frozen=True, slots=True)
class OpenCall:
    """One alarm; fields in the order of scope_begin's."""

    public_id: str
    kind: str
    number: str
    initials: str
    raised_at: datetime
    is_about_me: bool
    taken_at: datetime | None
    is_mine: bool
    taken_by: str

    @property
    def is_drill(self) -> bool:
        return self.kind == AlarmKind.DRILL

    @property
    def is_quiet(self) -> bool:
        """A question: nobody is known to be in danger."""
        return self.kind in {AlarmKind.DRILL, AlarmKind.NOT_STARTED}


def calls_of(acting: Acting) -> list[OpenCall]:
    """Drills last, else the oldest first; none for almost everybody almost always."""
    return open_calls(json.loads(acting.calls)) if acting.calls else []


def open_calls(rows: Iterable[Sequence[Any]]) -> list[OpenCall]:
    """Of the database's rows."""
    return [_call(*row) for row in rows]


def is_called_in(acting: Acting) -> bool:
    """Whether pages in this role ask every now and then: whoever may be called, and whoever is."""
    return acting.role in SEE_DUTY or bool(acting.calls)


def _call(public_id: str, kind: str, number: str, initials: str, raised: float, *more: Any) -> OpenCall:
    about_me, taken, mine, taken_by = more
    taken_at = _moment(taken) if taken else None
    words = (public_id, kind, number, initials)
    return OpenCall(*words, _moment(raised), about_me, taken_at, bool(mine), taken_by or "")


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
