"""Min dag: a supporter's pupils, today's contacts, load and hours. Three queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from overviews.rows.words import duration, joined, last_met, tries_since
from peersupport.lib.dates import clock, start_of_day, today
from students.models import Assignment, CaseStatus, Student
from supporters.models import PeerSupporter
from visits.models import Contact, ContactKind, Participation
from visits.queries import with_last_contact, with_next_step, with_tries
from visits.words import outcome_word


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One of my pupils, the longest unmet first."""

    student: Student
    name: str
    url: str
    contact_url: str
    met: str
    next_step: str


def pupil_rows(user: User) -> list[PupilRow]:
    """My pupils today by days since we last met; a pupil I have twice (also as stand-in) stands once."""
    mine = Assignment.objects.visible_to(user).exclude(case__status=CaseStatus.CLOSED)
    loaded = with_last_contact(mine.select_related("student__identity"), user=user)
    loaded = with_tries(with_next_step(loaded, user=user), user=user)
    rows: dict[int, PupilRow] = {}
    for assignment in loaded.order_by("quiet_since", "pk"):
        rows.setdefault(assignment.student_id, _pupil_row(assignment))
    return list(rows.values())


def _pupil_row(assignment: Any) -> PupilRow:
    student = assignment.student
    return PupilRow(
        student=student,
        name=student.called_name,
        url=reverse("overviews:student_detail", args=[student.public_id]),
        contact_url=f"{reverse('visits:contact_create')}?student={student.public_id}",
        met=joined(last_met(assignment.last_contact_at, assignment.starts_on), tries_since(assignment.tries)),
        next_step=assignment.next_step or "",
    )


@dataclass(slots=True)
class TodayRow:
    """One contact I have logged today, with those of its pupils who are still mine."""

    time: str
    kind: str
    minutes: str
    edit_url: str
    people: list[str] = field(default_factory=list)


def today_rows(user: User) -> tuple[list[TodayRow], list[Student]]:
    """Today's contacts, the latest first, and the pupils in them."""
    since_midnight = Participation.objects.visible_to(user).filter(occurred_at__gte=start_of_day(today()))
    parts = list(since_midnight.select_related("contact", "student__identity").latest_first())
    rows: dict[int, TodayRow] = {}
    for part in parts:
        row = rows.setdefault(part.contact_id, _today_row(part.contact))
        row.people.append(f"{part.student.called_name}: {outcome_word(part.kind, part.outcome)}")
    return list(rows.values()), [part.student for part in parts]


def _today_row(contact: Contact) -> TodayRow:
    return TodayRow(
        time=clock(contact.occurred_at),
        kind=str(ContactKind(contact.kind).label),
        minutes=duration(contact.minutes) if contact.minutes else "",
        edit_url=reverse("visits:contact_edit", args=[contact.public_id]),
    )


@dataclass(frozen=True, slots=True)
class Load:
    """How many pupils of how many, and the time noted in the last seven days."""

    pupils: int
    capacity: int
    week: str


def own_load(user: User, pupils: Sequence[PupilRow]) -> Load | None:
    """None for someone without a profile in the organisation acted in."""
    week = Contact.objects.visible_to(user).filter(
        author=OuterRef("user"), occurred_at__gte=timezone.now() - timedelta(days=7)
    )
    minutes = week.order_by().values("author").annotate(total=Sum("minutes")).values("total")
    own = PeerSupporter.objects.visible_to(user).with_capacity().annotate(week_minutes=Subquery(minutes))
    profile: Any = own.first()
    if profile is None:
        return None
    return Load(len(pupils), profile.capacity, duration(profile.week_minutes or 0))
