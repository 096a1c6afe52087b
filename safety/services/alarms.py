"""Alarms that a visit raises and answers. The server calls; see `watch`."""

from django.db import connection
from django.utils import timezone

from accounts.models import User
from safety.models import AlarmKind, AlarmOutcome, HomeVisit


def raise_alarm(*, visit: HomeVisit, kind: AlarmKind) -> None:
    """Raise it, unless the visit has one of that kind that is open; whoever is next is called at once.

    For the supporter of the visit, the holder of its key, and the worker.
    """
    with connection.cursor() as cursor:
        cursor.execute("select raise_alarm(%s, %s, %s)", [visit.pk, kind, timezone.now()])


def close_alarms_of(*, visit: HomeVisit, by: User | None, outcome: AlarmOutcome) -> int:
    """The visit is over, or its supporter has answered: nobody more is called. Returns how many were open.

    A call for help stays open: it is over when those who were called say so. `by` is None for whoever holds
    the visit's key.
    """
    with connection.cursor() as cursor:
        cursor.execute("select close_alarms(%s, %s, %s)", [visit.pk, outcome, timezone.now()])
        (closed,) = cursor.fetchone()
    return int(closed)
