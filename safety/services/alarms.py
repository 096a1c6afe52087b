"""Alarms: raised, taken, and over. The server calls; see `watch`.

Each act is one function of the database that holds the alarm's row, because those who are called see neither
the visit nor its booking (peersupport/scope/functions/9_alarms.sql).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from operations.services import defer_job
from safety.models import AlarmAnswer, AlarmKind, AlarmOutcome, AlarmStep, HomeVisit

WATCH = "safety.watch"  # the job, by name: tasks stand above services
UNRESOLVED_AFTER = timedelta(minutes=30)  # taken, and not said to be over: then all are called again
SILENT_AFTER = timedelta(minutes=2)  # the watch looks every 15 seconds


class AlarmOver(Exception):
    """It has been resolved already."""


class TakenByAnother(Exception):
    """Somebody else has said "Jag tar det"."""


class TooLong(Exception):
    """A visit lasts twelve hours at most."""


class NotCalled(Exception):
    """Not an alarm that this person can answer."""


ERRORS = {"over": AlarmOver, "taken": TakenByAnother, "too_long": TooLong, "unseen": NotCalled}


def _ask(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        (answer,) = cursor.fetchone()
    return answer


def _act(sql: str, *parameters: Any) -> None:
    """Raises what the function answers instead of doing it."""
    if error := ERRORS.get(_ask(sql, *parameters)):
        raise error


def raise_alarm(*, visit: HomeVisit, kind: AlarmKind) -> bool:
    """Raise it, unless the visit has one of that kind that is open; whoever is next is called at once.

    For the supporter of the visit, whoever is along, and the holder of its key; False for anybody else.
    """
    is_raised = bool(_ask("select raise_alarm(%s, %s, %s)", visit.pk, kind, timezone.now()))
    defer_job(task=WATCH)
    return is_raised


def close_alarms_of(*, visit: HomeVisit, by: User | None, outcome: AlarmOutcome) -> int:
    """The visit is over, or its supporter has answered: nobody more is called. Returns how many were open.

    `by` is None for whoever holds the visit's key. A call for help stays: it is answered by itself.
    """
    return int(_ask("select close_alarms(%s, %s, %s)", visit.pk, outcome, timezone.now()))


def take_alarm(*, alarm: UUID, by: User) -> None:
    """ "Jag tar det": nobody more is called. Raises TakenByAnother, AlarmOver, NotCalled.

    Not said to be over within UNRESOLVED_AFTER, it is nobody's again.
    """
    now = timezone.now()
    _act("select take_alarm(%s, %s, %s)", alarm, now, now + UNRESOLVED_AFTER)


def pass_alarm(*, alarm: UUID, by: User) -> None:
    """ "Jag kan inte": the next is called at once. Raises TakenByAnother, AlarmOver, NotCalled."""
    _act("select pass_alarm(%s, %s)", alarm, timezone.now())
    defer_job(task=WATCH)


def resolve_alarm(*, alarm: UUID, by: User, outcome: AlarmOutcome) -> None:
    """ "Det är löst", by whoever took it; ends a visit that was overdue. Raises as `take_alarm`."""
    _act("select resolve_alarm(%s, %s, %s)", alarm, outcome, timezone.now())


def answer_alarm(*, alarm: UUID, by: User, answer: str) -> None:
    """The supporter's own: "well", "done" (the visit is over) or "more" (15 minutes). Ends the alarm.

    Raises AlarmOver, TooLong, NotCalled.
    """
    _act("select answer_alarm(%s, %s, %s)", alarm, answer, timezone.now())


def is_watched() -> bool:
    """Whether somebody looks: if not, no alarm goes, and pages say so ("Larmet går inte just nu")."""
    seen: datetime | None = _ask("select watched_at()")
    return seen is not None and timezone.now() - seen <= SILENT_AFTER


class Call(NamedTuple):
    """A line of an alarm's log; `name` None: nobody was there."""

    round: int
    step: int
    called_at: datetime
    name: str | None
    has_mail: bool
    answer: str
    answered_at: datetime | None
    mail_state: str

    @property
    def step_words(self) -> str:
        return str(AlarmStep(self.step).label)

    @property
    def answer_words(self) -> str:
        return str(AlarmAnswer(self.answer).label) if self.answer else ""


@dataclass(frozen=True, slots=True)
class AlarmCard:
    """One alarm as its page shows it; fields in the order of `alarm_card`."""

    pk: int
    public_id: UUID
    kind: str
    number: str
    raised_at: datetime
    due_at: datetime
    given_name: str
    family_name: str
    phone: str
    is_about_me: bool
    is_mine: bool
    taken_at: datetime | None
    taken_by: str | None
    taken_phone: str
    resolved_at: datetime | None
    resolved_by: str | None
    outcome: str
    remarks: str
    next_at: datetime | None
    calls: list[Call]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_drill(self) -> bool:
        return self.kind == AlarmKind.DRILL

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def outcome_words(self) -> str:
        return str(AlarmOutcome(self.outcome).label) if self.outcome else ""

    @property
    def minutes_until_taken(self) -> int | None:
        """Whole minutes from the first call until somebody had it; None: nobody."""
        took = [
            call.answered_at for call in self.calls if call.answer == AlarmAnswer.TAKES and call.answered_at
        ]
        return int((min(took) - self.raised_at).total_seconds()) // 60 if took else None


def alarm_card(*, alarm: UUID) -> AlarmCard | None:
    """One alarm, in one query; None when it is not the reader's to see."""
    with connection.cursor() as cursor:
        cursor.execute("select * from alarm_card(%s)", [alarm])
        row = cursor.fetchone()
    if row is None:
        return None
    fields: list[Any] = [*row[:-1], [_call(*line) for line in row[-1]]]
    return AlarmCard(*fields)


def _call(*line: Any) -> Call:
    round_, step, called_at, name, has_mail, answer, answered_at, state = line
    called, answered = parse_datetime(called_at), parse_datetime(answered_at) if answered_at else None
    assert called is not None  # noqa: S101  the database's own format
    return Call(round_, step, called, name, has_mail, answer, answered, state)
