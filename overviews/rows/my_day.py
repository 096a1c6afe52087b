"""Min dag: a supporter's pupils, today's contacts, load and hours. Three queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from overviews.rows.support import supported
from overviews.rows.words import duration, joined, last_met, tries_since
from peersupport.lib.dates import clock, start_of_day, today
from peersupport.lib.statements import rows_around
from peersupport.lib.urls import prefix
from students.models import Student
from supporters.models import PeerSupporter
from visits.models import Contact, ContactKind, Participation
from visits.queries import QUIET_SINCE, TRIES, in_vain, steps, with_last_contact
from visits.words import outcome_word


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One of my pupils, the longest unmet first."""

    student: Student  # who it is, not all about them
    name: str
    is_protected: bool
    url: str
    contact_url: str
    met: str
    next_step: str


PUPILS = f"""
with mine as materialized ({{mine}})
select a.*, s.public_id, s.school_id, s.alias, s.is_protected, i.given_name, i.called, {TRIES} as tries,
       (select n.next_step from ({{steps}}) n where n.student_id = a.student_id
         order by n.occurred_at desc limit 1) as next_step
  from (select a.*, {QUIET_SINCE} as quiet_since from mine a) a
  join students_student s on s.id = a.student_id
  left join students_identity i on i.student_id = s.id
 order by a.quiet_since, a.id
"""  # noqa: S608  our own texts


def pupil_rows(user: User) -> list[PupilRow]:
    """My pupils today by days since we last met; a pupil I have twice (also as stand-in) stands once."""
    mine = with_last_contact(supported(user), user=user)
    found = rows_around(
        PUPILS,
        {},
        mine=mine.order_by().values("id", "student_id", "starts_on", "last_contact_at"),
        in_vain=in_vain(user).order_by().values("student_id", "occurred_at"),
        steps=steps(user).order_by().values("student_id", "occurred_at", "next_step"),
    )
    page_of, contact_url = prefix("overviews:student_detail"), f"{reverse('visits:contact_create')}?student="
    rows: dict[int, PupilRow] = {}
    for line in found:
        if line.student_id not in rows:
            rows[line.student_id] = _pupil_row(line, page_of(line.public_id), contact_url)
    return list(rows.values())


def _pupil_row(line: Any, url: str, contact_url: str) -> PupilRow:
    student = Student(pk=line.student_id, school_id=line.school_id, alias=line.alias)
    return PupilRow(
        student,
        student.alias_label if line.given_name is None else line.called or line.given_name,
        line.is_protected,
        url,
        f"{contact_url}{line.public_id}",
        joined(last_met(line.last_contact_at, line.starts_on), tries_since(line.tries)),
        line.next_step or "",
    )


@dataclass(slots=True)
class TodayRow:
    """One contact I have logged today, with those of its pupils who are still mine."""

    time: str
    kind: str
    minutes: str
    edit_url: str
    people: list[str] = field(default_factory=list)


TODAY = (
    *("kind", "outcome", "contact__public_id", "contact__kind", "contact__occurred_at", "contact__minutes"),
    *("student__school_id", "student__alias", "student__identity__given_name", "student__identity__called"),
)


def today_rows(user: User) -> tuple[list[TodayRow], list[Student]]:
    """Today's contacts, the latest first, and the pupils in them."""
    since_midnight = Participation.objects.visible_to(user).filter(occurred_at__gte=start_of_day(today()))
    loaded = since_midnight.select_related("contact", "student__identity").only(*TODAY).latest_first()
    parts = list(loaded)
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
    url: str  # the whole load, on one's own page


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
    url = reverse("overviews:supporter_detail", args=[profile.public_id])
    return Load(len(pupils), profile.capacity, duration(profile.week_minutes or 0), url)
