"""Whom a contact is with: pupils one has, pupils one had until a few days ago, and none yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from schools.codes import Chosen
from schools.models import Role
from students.models import Assignment, CaseStatus, Identity, Student
from visits.models import Participation

# Stands in the empty form for the pupil who is not chosen yet; the phone puts the chosen one in its place.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil this user may log a contact with today, as `pupils_to_log` found them in this transaction."""

    student: Student
    case_id: int
    supporter_id: int | None  # None: logged by a coordinator
    case_purposes: tuple[Chosen, ...] = ()  # what the support is for


@dataclass(frozen=True, slots=True)
class LatePupil(Pupil):
    """A pupil whose assignment ended at most seven days ago: a contact is received, and nothing is shown.

    `held`: whether the assignment held when the contact was.
    """

    held: bool = False


def late_pupils(*, by: User, among: Collection[UUID], occurred_at: datetime | None) -> list[LatePupil]:
    """Those `among` the public ids whose assignment to `by` ended at most seven days ago. One query.

    Their students are no rows: ids, and a word in the place of the name, for nothing more may be read.
    """
    if by.acting.role != Role.PEER_SUPPORTER:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select student_id, public_id, school_id, case_id, supporter_id, held from late_pupils(%s, %s)",
            [list(among), occurred_at],
        )
        found = cursor.fetchall()
    return [
        LatePupil(_nameless(public_id, pk=pk, school_id=school), case, supporter, held=held)
        for pk, public_id, school, case, supporter, held in found
    ]


def nobody(public_id: UUID = NOBODY) -> Pupil:
    """The pupil of the empty form, or one of whom nothing is known but the id that was sent."""
    return Pupil(_nameless(public_id), 0, None)


def _nameless(public_id: UUID, **ids: int) -> Student:
    student = Student(public_id=public_id, **ids)
    student.identity = Identity(given_name=_("The pupil"))
    return student


def insert_blindly(rows: Sequence[Participation]) -> None:
    """Insert parts that the writer may not read back: Django would, where the database gives the id.

    Two statements however many parts. Row security refuses the rows that are not to be handed in.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from late_part_ids(%s)", [len(rows)])
        ids = [pk for (pk,) in cursor.fetchall()]
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk
    Participation.objects.bulk_create(rows, ignore_conflicts=True)


def pupils_to_book(*, by: User, supporter: UUID | None = None) -> list[Student]:
    """Whom a time can be booked with: one's own pupils; a coordinator's, those of `supporter` (else none).

    By everyday name, each once.
    """
    rows = Assignment.objects.visible_to(by).not_over().exclude(case__status=CaseStatus.CLOSED)
    if by.acting.role == Role.COORDINATOR:
        rows = rows.filter(supporter__public_id=supporter) if supporter else rows.none()
    loaded = rows.select_related("student__identity", "student__school").order_by("pk")
    students = {row.student_id: row.student for row in loaded}
    return sorted(students.values(), key=lambda student: student.called_name)
