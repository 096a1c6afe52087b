"""Who is on duty when, and where nobody is. The turns are read in one place: `duty_rows`, in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from accounts.models import User
from safety.models import DutyAway, DutyStep, DutyTurn
from schools.models import Organisation

TURN_COLUMNS = ("step", "weekdays", "starts", "ends", "first_on", "last_on", "phone")


class ChangedMeanwhile(Exception):
    """It is no longer the version read."""


class OnDuty(NamedTuple):
    """Somebody who can be called at a moment; `phone` "": none is written down."""

    step: int
    user_id: int
    phone: str
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def dialled(self) -> str:
        """As a tel: link has it."""
        return self.phone.replace(" ", "").replace("-", "")

    @property
    def step_words(self) -> str:
        return str(DutyStep(self.step).label)


def duty_phones(organisation: Organisation, at: datetime) -> list[OnDuty]:
    """Whom one can ring at `at`, in the order of the chain; only for whoever works there. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from duty_at(%s, %s::timestamptz[])", [organisation.pk, [at]])
        return [OnDuty(*row[1:]) for row in cursor.fetchall()]


def gap_at(organisation: Organisation, moment: datetime, *, among: Iterable[int] = ()) -> list[DutyStep]:
    """The steps of the chain at which nobody is on duty at `moment`; empty: somebody is at each. One query.

    The users `among` visit themselves: a colleague who is along is no help. A gap stops nobody, but no visit
    starts in one unseen (safety/_gap.html).
    """
    return gap_of(duty_phones(organisation, moment), among=among)


def gap_of(on_duty: Iterable[OnDuty], *, among: Iterable[int] = ()) -> list[DutyStep]:
    """The same, of those who are known to be on duty."""
    visiting = set(among)
    there = {one.step for one in on_duty if one.user_id not in visiting}
    return [step for step in DutyStep if step not in there]


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A planned home visit, by whom, and the steps that nobody covers from its beginning to its end."""

    starts_at: datetime
    ends_at: datetime
    given_name: str
    family_name: str
    steps: list[int]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_alone(self) -> bool:
        """At some moment nobody at all is on duty."""
        return len(self.steps) == len(DutyStep)

    @property
    def missing(self) -> str:
        return ", ".join(str(DutyStep(step).label) for step in self.steps)


def planned_visits(*, by: User, first: datetime, last: datetime) -> list[PlannedVisit]:
    """Home visits planned at the coordinator's schools that begin in [first, last), in order. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from duty_gaps(%s, %s)", [first, last])
        return [PlannedVisit(*row) for row in cursor.fetchall()]


def save_turn(*, turn: DutyTurn, by: User) -> None:
    """Save a new or changed turn. Raises ChangedMeanwhile when it is not the version read."""
    if turn.pk is None:
        turn.organisation_id = here(by)
        turn.save(force_insert=True)
        return
    columns: dict[str, Any] = {name: getattr(turn, name) for name in TURN_COLUMNS}
    same = DutyTurn.objects.visible_to(by).kept_by(by).filter(pk=turn.pk, version=turn.version)
    if not same.update(**columns, version=F("version") + 1):
        raise ChangedMeanwhile


def remove_turn(*, turn: DutyTurn, by: User) -> None:
    """Take it out of the schedule; twice is the same as once."""
    DutyTurn.objects.visible_to(by).kept_by(by).filter(pk=turn.pk).delete()


def add_days_away(*, away: DutyAway, by: User) -> None:
    """Nobody is called on days away."""
    away.organisation_id = here(by)
    away.save(force_insert=True)


def remove_days_away(*, away: DutyAway, by: User) -> None:
    """Twice is the same as once."""
    DutyAway.objects.visible_to(by).kept_by(by).filter(pk=away.pk).delete()


def here(by: User) -> int:
    """The organisation acted in."""
    if by.acting.organisation_id is None:
        raise ValueError("acts in no organisation")
    return by.acting.organisation_id
