"""Elever: the pupils of one's scope as rows of texts, one query a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.support import quiet, supported
from peersupport.lib.dates import day_of, relative_day
from peersupport.lib.urls import prefix
from schools.models import Role
from students.models import Case, CaseStatus, Student
from students.words import support_word
from visits.queries import with_last_contact

ALL, SUPPORTED, WAITING = "all", "supported", "waiting"


def listed(user: User) -> Any:
    """Visible pupils by name, each with `support`, `beside` (dicts or None) and `last_contact_at`.

    `support` is the status and public_id of the open support period, else of the latest; `beside` who gives
    it: name, since.
    """
    # Not `visible_to` again under pupils that are visible already; row security asks again anyway.
    latest = Case.objects.filter(student=OuterRef("pk")).order_by(
        F("closed_at").desc(nulls_first=True), "-pk"
    )
    own = supported(user).filter(student=OuterRef("pk")).order_by("starts_on", "pk")
    who = Concat("supporter__user__given_name", Value(" "), "supporter__user__family_name")
    students = Student.objects.visible_to(user).with_names().by_name()
    students = students.annotate(
        support=Subquery(latest.values(it=JSONObject(status="status", public_id="public_id"))[:1]),
        beside=Subquery(own.values(it=JSONObject(name=who, since="starts_on"))[:1]),
    )
    return with_last_contact(students, user=user, student="pk")


# What a row of the list needs; the rest of a school or a name costs as much to load as all of these.
COLUMNS = (
    *("public_id", "school_id", "school__name", "school_form", "grade", "is_protected", "alias", "left_on"),
    *("identity__given_name", "identity__family_name"),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all, and for `status` all whose support has not ended.

    The filter bar and the address say the same.
    """

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
    if status == ALL:
        return students
    if not status:
        # Of those who have had support; whoever has none yet is not done with it.
        cases = Case.objects.filter(student=OuterRef("pk"))
        return students.filter(Exists(cases.open()) | ~Exists(cases))
    if status == SUPPORTED:
        return students.filter(Exists(supported(user).filter(student=OuterRef("pk"))))
    if status == WAITING:
        waiting = Case.objects.visible_to(user).waiting()
        return students.filter(Exists(waiting.filter(student=OuterRef("pk"))))
    return students.filter(support__status=status)


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
    to_do = _act_of_supporter if user.acting.role == Role.PEER_SUPPORTER else _act_of_coordinator
    page_of, act_of = prefix("overviews:student_detail"), to_do()
    met_on: dict[date, str] = {}
    return [
        StudentRow(
            student.name,
            page_of(student.public_id),
            student.is_protected,
            student.place_label or (user.acting.organisation_name if student.is_protected else ""),
            student.beside["name"] if student.beside else "",
            support_word(_status(student), has_supporter=student.beside is not None),
            _met(student, met_on),
            *act_of(student),
        )
        for student in students
    ]


def _status(student: Any) -> str:
    return student.support["status"] if student.support else ""


def _is_waiting(student: Any) -> bool:
    return student.beside is None and _status(student) not in {"", CaseStatus.CLOSED}


def _act_of_coordinator() -> Callable[[Any], tuple[str, str]]:
    word, url_of = _("Match"), prefix("students:match")
    return lambda student: (word, url_of(student.support["public_id"])) if _is_waiting(student) else ("", "")


def _act_of_supporter() -> Callable[[Any], tuple[str, str]]:
    word, url = _("New contact"), f"{reverse('visits:contact_create')}?student="
    closed = {"", CaseStatus.CLOSED}
    return lambda student: ("", "") if _status(student) in closed else (word, f"{url}{student.public_id}")


def _met(student: Any, words: dict[date, str]) -> str:
    """When they last met; `words` keeps what a day is called, for the next row."""
    if student.last_contact_at is None:
        return _("not yet") if student.beside else ""
    day = day_of(student.last_contact_at)
    if day not in words:
        words[day] = relative_day(day)
    return words[day]


def result_text(count: int, *, has_more: bool, is_first: bool) -> str:
    """How many rows there are, as far as the page knows: nothing is counted beyond it."""
    if has_more:
        return ngettext(
            "%(count)s pupil here, and there are more", "%(count)s pupils here, and there are more", count
        ) % {"count": count}
    if not is_first:
        return ngettext("The last %(count)s pupil", "The last %(count)s pupils", count) % {"count": count}
    return ngettext("%(count)s pupil", "%(count)s pupils", count) % {"count": count}
