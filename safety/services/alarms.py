"""Alarms: raised, taken, and over. The server calls; see `watch`."""

from django.utils import timezone

from accounts.models import User
from safety.models import Alarm, AlarmKind, AlarmOutcome, HomeVisit


def raise_alarm(*, visit: HomeVisit, kind: AlarmKind) -> None:
    """Raise it, unless the visit has one of that kind that is open; whoever is next is called at once.

    For the supporter of the visit, the holder of its key, and the worker.
    """
    alarm = Alarm(
        organisation_id=visit.organisation_id,
        school_id=visit.school_id,
        supporter_id=visit.supporter_id,
        visit=visit,
        number=visit.number,
        kind=kind,
        next_at=timezone.now(),
    )
    Alarm.objects.bulk_create([alarm], ignore_conflicts=True)


def close_alarms_of(*, visit: HomeVisit, by: User | None, outcome: AlarmOutcome) -> int:
    """The visit is over, or its supporter has answered: nobody more is called. Returns how many were open.

    `by` is None for whoever holds the visit's key.
    """
    over = {"resolved_at": timezone.now(), "resolved_by": by, "outcome": outcome, "next_at": None}
    return Alarm.objects.open().filter(visit=visit).update(**over)
