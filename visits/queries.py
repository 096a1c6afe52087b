"""When we last met: the one definition behind Min dag, Översikt, Elever and Elevsida.

Met means held: of a kind with the pupil, and they were there (`ParticipationQuerySet.held`). Days count from
that day, or from the first day of the assignment for a pupil not met yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf, TruncDate

from accounts.models import User
from peersupport.lib.dates import today
from schools.codes import ContactKind
from schools.models import Role
from visits.models import (
    KINDS_WITH_STUDENT,
    ContactOutcome,
    GroupDateStatus,
    GroupMember,
    NextStep,
    Participation,
)


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


def written_steps(user: User) -> Any:
    """The steps written without a contact, under pupils that are `visible_to(user)` already."""
    if user.acting.role == Role.COORDINATOR:
        return NextStep.objects.filter(school_id__in=user.acting.schools)
    return NextStep.objects.all()


@dataclass(frozen=True, slots=True)
class Step:
    """The step that counts; `token` ticks it off (visits.services.tick_off)."""

    text: str
    token: str


def with_next_step(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """`rows` with the latest step of a contact and the latest written alone; `next_step_of` chooses."""
    said = steps(user).filter(student=OuterRef(student)).order_by("-occurred_at")
    written = written_steps(user).filter(student=OuterRef(student)).order_by("-written_at")
    of_contact = {"text": "next_step", "at": "occurred_at", "token": "contact__public_id"}
    of_step = {"text": "text", "at": "written_at", "token": "public_id"}
    return rows.annotate(
        said_step=Subquery(said.values(it=JSONObject(**of_contact, done_at="step_done_at"))[:1]),
        written_step=Subquery(written.values(it=JSONObject(**of_step, done_at="done_at"))[:1]),
    )


def next_step_of(row: Any) -> Step | None:
    """Of a row `with_next_step`: the later of the two, unless it is ticked off."""
    found = [step for step in (row.said_step, row.written_step) if step]
    if not found:
        return None
    latest = max(found, key=lambda step: datetime.fromisoformat(step["at"]))
    return None if latest["done_at"] else Step(latest["text"], latest["token"])


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
# The same as `next_step_of`: the later of the two, unless ticked off; {steps} and {written} are querysets.
NEXT_STEP = """(
  select case when n.done_at is null then n.text end from (
    (select p.occurred_at as at, p.next_step as text, p.step_done_at as done_at from ({steps}) p
      where p.student_id = a.student_id order by p.occurred_at desc limit 1)
    union all
    (select w.written_at, w.text, w.done_at from ({written}) w
      where w.student_id = a.student_id order by w.written_at desc limit 1)) n
   order by n.at desc limit 1)"""


def group_times(user: User, since: datetime) -> Any:
    """When groups that a visible pupil is in meet, from `since` on: columns as of bookings, a row a pupil."""
    meets = "series__dates__starts_at"
    rows = GroupMember.objects.visible_to(user).supported()
    rows = rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=TruncDate(meets)),
        starts_on__lte=TruncDate(meets),
        series__dates__status=GroupDateStatus.PLANNED,
        series__dates__starts_at__gte=since,
    )
    return rows.order_by().annotate(
        kind=Value(ContactKind.GROUP.value), where=group_place("series__dates__"), is_group=Value(True)
    )


def group_place(date: str = "") -> Coalesce:
    """Where a date is held, `date` being the way to it: its own place, or the group's."""
    series = "series__place"
    return Coalesce(NullIf(F(f"{date}place"), Value("")), F(series), output_field=models.CharField())
