"""When we last met: the one definition behind Min dag, Översikt, Elever and Elevsida.

Met means held: of a kind with the pupil, and they were there (`ParticipationQuerySet.held`). Days count from
that day, or from the first day of the assignment for a pupil not met yet.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import User
from peersupport.lib.dates import today
from visits.models import KINDS_WITH_STUDENT, ContactOutcome, Participation


def with_last_contact(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """`rows` with `last_contact_at`; NULL: not met yet.

    `student` names the rows' column with the pupil. One probe of the index `participation_held` a row. The
    rows must be visible to `user` already.
    """
    held = Participation.objects.under(user).held().filter(student=OuterRef(student))
    latest = held.order_by("-occurred_at").values("occurred_at")[:1]
    return rows.annotate(last_contact_at=Subquery(latest, output_field=models.DateTimeField()))


def with_quiet_since(rows: QuerySet[Any]) -> Any:
    """Assignments `with_last_contact`, with `quiet_since`: the day since when days count."""
    day = Coalesce(TruncDate("last_contact_at"), F("starts_on"), output_field=models.DateField())
    return rows.annotate(quiet_since=day)


def quiet_for_more_than(rows: QuerySet[Any], days: int) -> QuerySet[Any]:
    """Of rows `with_quiet_since`, those where more than `days` days have passed."""
    return rows.filter(quiet_since__lt=today() - timedelta(days=days))


def steps(user: User) -> Any:
    """The parts of contacts with a next step written down."""
    return Participation.objects.under(user).exclude(next_step="")


def with_next_step(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """`rows` with `next_step`: the latest one written down, or NULL."""
    latest = steps(user).filter(student=OuterRef(student)).order_by("-occurred_at").values("next_step")[:1]
    return rows.annotate(next_step=Subquery(latest))


def in_vain(user: User) -> Any:
    """The tries that did not lead to a meeting, but for those we cancelled ourselves."""
    sought = Participation.objects.under(user).filter(kind__in=KINDS_WITH_STUDENT)
    return sought.exclude(outcome__in=[ContactOutcome.MET, ContactOutcome.WE_CANCELLED])


# For statements by hand, over a row `a` with `student_id`, `starts_on` and `last_contact_at`: the day as in
# `with_quiet_since`, and how often in vain since that day; {in_vain} is the queryset.
QUIET_SINCE = "coalesce((a.last_contact_at::timestamptz at time zone 'Europe/Stockholm')::date, a.starts_on)"
TRIES = """(
  select count(*) from ({in_vain}) t where t.student_id = a.student_id
     and t.occurred_at >= a.quiet_since::timestamp at time zone 'Europe/Stockholm')"""
