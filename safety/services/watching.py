"""The watch: what the clock does about visits and alarms, as the worker (docs/adr/0030).

Each step is one transaction: the alarm's row is held, those called and their mail are written with it. Killed
in the middle nothing of it has happened, and the next watcher does it; of two watchers the second passes over
what the first holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from safety.models import Alarm, AlarmCall, AlarmKind, AlarmStep, SafetyRules, VisitAct, WatchBeat
from safety.services.calling import mail_to

# Which steps are called together, one group after the other.
SUPPORTER, COLLEAGUE = (AlarmStep.SUPPORTER,), (AlarmStep.COLLEAGUE,)
COORDINATOR, DUTY = (AlarmStep.COORDINATOR,), (AlarmStep.DUTY,)
EVERYBODY = COLLEAGUE + COORDINATOR + DUTY
CHAINS: dict[str, tuple[tuple[AlarmStep, ...], ...]] = {
    AlarmKind.OVERDUE: (SUPPORTER, COLLEAGUE, COORDINATOR, DUTY),
    AlarmKind.DRILL: (SUPPORTER, COLLEAGUE, COORDINATOR, DUTY),
    AlarmKind.HELP: (EVERYBODY,),  # whoever asks for help does not wait for a chain
    AlarmKind.NOT_STARTED: (SUPPORTER, COORDINATOR),  # quiet: nobody has gone in yet
}
# How often all are called again, with mail, when nobody takes it; after that the pages go on saying so.
ROUNDS = {AlarmKind.OVERDUE: 12, AlarmKind.HELP: 12, AlarmKind.NOT_STARTED: 2, AlarmKind.DRILL: 1}
LATE = timedelta(minutes=1)  # beyond that the steps keep their distance from now, not from when they were due
COLUMNS = (
    *("public_id", "organisation_id", "visit_id", "number", "kind", "step", "rounds", "next_at"),
    *("raised_at", "taken_at", "taken_by_id"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to call at one step."""

    step: int
    user_id: int
    email: str
    language: str
    given_name: str


def watch() -> int:
    """Raise what is due, call whom it is time to call; returns how many steps were taken."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select watch_visits(%s)", [now])
    steps = 0
    while _go_on_with_one(now):
        steps += 1
    _beat(now)
    return steps


def _beat(now: datetime) -> None:
    beat = WatchBeat(pk=1, at=now)
    WatchBeat.objects.bulk_create([beat], update_conflicts=True, update_fields=["at"], unique_fields=["id"])


@transaction.atomic
def _go_on_with_one(now: datetime) -> bool:
    """One step of the alarm that has waited longest; False when none is due that nobody else holds."""
    due = Alarm.objects.due(now).only(*COLUMNS).select_for_update(skip_locked=True)
    alarm = due.first()
    if alarm is None:
        return False
    if alarm.taken_at is not None:  # taken, and not over in time: nobody's again
        alarm.taken_at = alarm.taken_by_id = None
        _call_all_again(alarm, now)
    else:
        _call_next(alarm, now)
    alarm.save(update_fields=["step", "rounds", "next_at", "taken_at", "taken_by"])
    return True


def _call_next(alarm: Alarm, now: datetime) -> None:
    """The next of the chain; a step with nobody there is passed at once, and noted."""
    for steps in _left(alarm):
        alarm.step = steps[-1]
        if _call(alarm, steps, now):
            alarm.next_at = _after(alarm, now)
            return
    _call_all_again(alarm, now)


def _left(alarm: Alarm) -> Sequence[tuple[AlarmStep, ...]]:
    chain = CHAINS[alarm.kind]
    return [steps for steps in chain if alarm.step is None or steps[-1] > alarm.step]


def _call_all_again(alarm: Alarm, now: datetime) -> None:
    if alarm.rounds >= ROUNDS[AlarmKind(alarm.kind)]:
        alarm.next_at = None
        return
    alarm.rounds += 1
    chain = CHAINS[alarm.kind]
    steps = tuple(step for group in chain for step in group if step != AlarmStep.SUPPORTER)
    alarm.step = max(steps)
    _call(alarm, steps, now)
    alarm.next_at = _after(alarm, now)


def _after(alarm: Alarm, now: datetime) -> datetime:
    """When the next is called: counted from when this step was due, so that delays do not add up."""
    rules = SafetyRules.objects.filter(organisation=alarm.organisation_id).only("step_minutes").first()
    due = max(alarm.next_at or now, now - LATE)
    return due + timedelta(minutes=(rules or SafetyRules()).step_minutes)


def _call(alarm: Alarm, steps: tuple[AlarmStep, ...], now: datetime) -> bool:
    """Call everybody at `steps`; False when nobody was there."""
    people = _people(alarm, steps, now)
    mails = mail_to(alarm, people)
    calls = [
        AlarmCall(
            alarm=alarm, round=alarm.rounds, step=one.step, user_id=one.user_id, mail_id=mail, called_at=now
        )
        for one, mail in zip(people, mails, strict=True)
    ]
    there = {one.step for one in people}
    calls += [
        AlarmCall(alarm=alarm, round=alarm.rounds, step=step, called_at=now)
        for step in steps
        if step not in there
    ]
    AlarmCall.objects.bulk_create(calls)
    if people:
        with connection.cursor() as cursor:
            cursor.execute("select log_visit(%s, %s, %s)", [alarm.visit_id, _act(alarm, steps), now])
    return bool(people)


def _act(alarm: Alarm, steps: tuple[AlarmStep, ...]) -> VisitAct:
    if steps != SUPPORTER:
        return VisitAct.CALLED
    return VisitAct.ASKED_START if alarm.kind == AlarmKind.NOT_STARTED else VisitAct.ASKED_END


def _people(alarm: Alarm, steps: tuple[AlarmStep, ...], now: datetime) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute("select * from people_to_call(%s, %s, %s)", [alarm.pk, [int(s) for s in steps], now])
        return [Person(*row) for row in cursor.fetchall()]
