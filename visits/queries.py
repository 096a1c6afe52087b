"""When we last met, for how long we have not, and what was to come next: Min dag, Översikt, Elever, Elevsida.

Met means held, and of a kind that is a meeting where one works. The database defines it once, in
peersupport/scope/functions/7_last_met.sql, and counts the days since.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, JSONObject, NullIf, TruncDate
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.school_days import holidays_around
from schools.codes import ContactKind
from schools.models import Role
from visits.models import GroupDateStatus, GroupMember, NextStep, Participation

LATEST_MEETING = "(select h.at from latest_meeting(%(expressions)s) h)"


def with_last_contact(rows: QuerySet[Any], *, user: User, student: str = "student_id") -> Any:
    """`rows` with `last_contact_at`; NULL: not met yet.

    `student` names the rows' column with the pupil. One probe of the index `participation_met` a row. The
    rows must be visible to `user` already. A supporter reads no colleague's contacts: of those the owner's
    function tells the day.
    """
    asked: dict[str, str] = {"template": LATEST_MEETING}
    if user.acting.role == Role.PEER_SUPPORTER:
        asked = {"function": "last_met_my_student"}
    return rows.annotate(last_contact_at=Func(F(student), output_field=models.DateTimeField(), **asked))


# For statements by hand: the rows of the one function that counts, with the columns that its text in
# peersupport/scope/functions/7_last_met.sql names; how often in vain since the last meeting of its row `q`.
TIME_SINCE_MET = "time_since_met(%(now)s, %(holidays)s::date[])"
TRIES = """tries_since(q.student_id,
  coalesce(q.last_met_at, q.starts_on::timestamp at time zone 'Europe/Stockholm'))"""


def counted_now() -> dict[str, Any]:
    """The values TIME_SINCE_MET asks for: the moment, and the public holidays that no calendar need tell."""
    return {"now": timezone.now(), "holidays": holidays_around(today())}


def long_since_met(students: QuerySet[Any], days: int | None = None) -> QuerySet[Any]:
    """Of pupils, those who are long since met by the organisation's rule; or for more than `days` days.

    Those whose support rests are neither. Days are school days where the organisation counts so.
    """
    asked = counted_now()
    condition, values = ("q.is_quiet", []) if days is None else ("q.days > %s and not q.rests", [days])
    ids = RawSQL(  # noqa: S611  our own text
        f"select q.student_id from time_since_met(%s, %s::date[]) q where {condition}",  # noqa: S608
        [asked["now"], asked["holidays"], *values],
    )
    return students.filter(pk__in=ids)


def count_long_since_met() -> int:
    """How many pupils of whoever is in scope are long since met by the organisation's rule. One query."""
    asked = counted_now()
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from time_since_met(%s, %s::date[]) q where q.is_quiet",
            [asked["now"], asked["holidays"]],
        )
        return int(cursor.fetchone()[0])


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
