"""Elever: the pupils of one's scope as rows of texts, one query a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.support import quiet, supported
from peersupport.lib.dates import day_of, relative_day
from schools.models import Role
from students.models import Case, CaseStatus, Student
from visits.queries import with_last_contact

SUPPORTED, WAITING = "supported", "waiting"


def listed(user: User) -> Any:
    """Visible pupils by name, each with its latest support period, supporter and last contact."""
    latest = Case.objects.visible_to(user).filter(student=OuterRef("pk")).order_by("-opened_at", "-pk")
    own = supported(user).filter(student=OuterRef("pk")).order_by("starts_on", "pk")
    who = Concat("supporter__user__given_name", Value(" "), "supporter__user__family_name")
    students = Student.objects.visible_to(user).with_names().by_name()
    students = students.annotate(
        case_status=Subquery(latest.values("status")[:1]),
        case_public_id=Subquery(latest.values("public_id")[:1]),
        supported_since=Subquery(own.values("starts_on")[:1]),
        supporter_name=Subquery(own.values(who=who)[:1], output_field=CharField()),
    )
    return with_last_contact(students, user=user, student="pk", since="supported_since")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all. The filter bar and the address say the same."""

    school: str = ""  # a school's public id, or "protected" for those whose school is not shown
    grade: str = ""
    supporter: UUID | None = None
    status: str = ""
    days: int | None = None

    @property
    def names(self) -> str:
        """Which filters, without what was chosen: for the access log."""
        return ", ".join(name for name in self.__slots__ if getattr(self, name))


PROTECTED = "protected"


def narrowed(students: Any, filters: Filters, user: User) -> Any:
    """`students` by the filters. A protected pupil's school is shown nowhere, so no school finds them."""
    if filters.school == PROTECTED:
        students = students.filter(is_protected=True)
    elif filters.school:
        students = students.filter(school__public_id=filters.school, is_protected=False)
    if filters.grade:
        students = students.filter(_in_grade(filters.grade))
    if filters.supporter:
        theirs = supported(user).filter(supporter__public_id=filters.supporter)
        students = students.filter(Exists(theirs.filter(student=OuterRef("pk"))))
    if filters.days is not None:
        students = students.filter(Exists(quiet(user, filters.days).filter(student=OuterRef("pk"))))
    return _in_status(students, filters.status, user)


def _in_status(students: Any, status: str, user: User) -> Any:
    if status == SUPPORTED:
        return students.filter(Exists(supported(user).filter(student=OuterRef("pk"))))
    if status == WAITING:
        waiting = Case.objects.visible_to(user).waiting()
        return students.filter(Exists(waiting.filter(student=OuterRef("pk"))))
    return students.filter(case_status=status) if status else students


UPPER_SECONDARY = ("GY", "GYS")


def _in_grade(grade: str) -> Q:
    """ "7" is grade 7 of any form but upper secondary school, "gy2" its second."""
    is_upper = Q(school_form__in=UPPER_SECONDARY)
    if grade.startswith("gy"):
        return is_upper & Q(grade=grade.removeprefix("gy"))
    return ~is_upper & Q(grade=grade)


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A pupil in the list."""

    name: str
    url: str
    is_protected: bool
    place: str
    supporter: str
    status: str
    met: str
    act: str
    act_url: str


def student_rows(students: Iterable[Any], user: User) -> list[StudentRow]:
    """`listed` pupils as texts."""
    words = {code: str(label) for code, label in CaseStatus.choices}
    to_do = _act_of_supporter if user.acting.role == Role.PEER_SUPPORTER else _act_of_coordinator
    rows = []
    for student in students:
        act, act_url = to_do(student)
        rows.append(
            StudentRow(
                student.name,
                reverse("overviews:student_detail", args=[student.public_id]),
                student.is_protected,
                student.place_label or (user.acting.organisation_name if student.is_protected else ""),
                student.supporter_name or "",
                _("waiting") if _is_waiting(student) else words.get(student.case_status, ""),
                _met(student),
                act,
                act_url,
            )
        )
    return rows


def _is_waiting(student: Any) -> bool:
    return student.supported_since is None and student.case_status not in {None, CaseStatus.CLOSED}


def _act_of_coordinator(student: Any) -> tuple[str, str]:
    if not _is_waiting(student):
        return "", ""
    return _("Match"), reverse("students:match", args=[student.case_public_id])


def _act_of_supporter(student: Any) -> tuple[str, str]:
    if student.case_status in {None, CaseStatus.CLOSED}:
        return "", ""
    return _("New contact"), f"{reverse('visits:contact_create')}?student={student.public_id}"


def _met(student: Any) -> str:
    if student.last_contact_at is not None:
        return relative_day(day_of(student.last_contact_at))
    return "" if student.supported_since is None else _("not yet")


def result_text(count: int, *, has_more: bool, is_first: bool) -> str:
    """How many rows there are, as far as the page knows: nothing is counted beyond it."""
    if has_more:
        return ngettext(
            "%(count)s pupil here, and there are more", "%(count)s pupils here, and there are more", count
        ) % {"count": count}
    if not is_first:
        return ngettext("The last %(count)s pupil", "The last %(count)s pupils", count) % {"count": count}
    return ngettext("%(count)s pupil", "%(count)s pupils", count) % {"count": count}
