"""When we last met: the one definition behind Min dag, Översikt, Elever and Elevsida.

Met means held: of a kind with the pupil, and they were there (`ParticipationQuerySet.held`). Days count from
that day, or from the first day of the assignment for a pupil not met yet.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import User
from peersupport.lib.dates import today
from visits.models import KINDS_WITH_STUDENT, ContactOutcome, Participation


def with_last_contact(
    rows: QuerySet[Any], *, user: User, student: str = "student_id", since: str = "starts_on"
) -> Any:
    """`rows` with `last_contact_at` (NULL: not met yet) and `quiet_since`, since when days count.

    `student` and `since` name the rows' columns with the pupil and with the first day of the support. One
    probe of the index `participation_held` a row. The rows must be visible to `user` already.
    """
    held = Participation.objects.under(user).held().filter(student=OuterRef(student))
    latest = held.order_by("-occurred_at").values("occurred_at")[:1]
    return rows.annotate(last_contact_at=Subquery(latest, output_field=models.DateTimeField())).annotate(
        quiet_since=Coalesce(TruncDate("last_contact_at"), F(since), output_field=models.DateField())
    )


def quiet_for_more_than(rows: QuerySet[Any], days: int) -> QuerySet[Any]:
    """Of rows `with_last_contact`, those where more than `days` days have passed."""
    return rows.filter(quiet_since__lt=today() - timedelta(days=days))


def with_next_step(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """`rows` with `next_step`: the latest one written down, or NULL."""
    steps = Participation.objects.under(user).filter(student=OuterRef(student)).exclude(next_step="")
    latest = steps.order_by("-occurred_at").values("next_step")[:1]
    return rows.annotate(next_step=Subquery(latest))


def with_tries(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """Rows `with_last_contact`, with `tries`: how often in vain since `quiet_since`, or NULL for never."""
    sought = Participation.objects.under(user).filter(
        student=OuterRef(student), kind__in=KINDS_WITH_STUDENT, occurred_at__date__gte=OuterRef("quiet_since")
    )
    in_vain = sought.filter(~Q(outcome=ContactOutcome.MET)).exclude(outcome=ContactOutcome.WE_CANCELLED)
    counted = in_vain.order_by().values("student").annotate(total=Count("pk")).values("total")
    return rows.annotate(tries=Subquery(counted, output_field=models.IntegerField()))
