"""A school's page: its pupils and referrals, the first few of each. No protected pupil is tied to it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef

from accounts.models import User
from accounts.services import OfStudent
from overviews.rows.places import AT_THE_SCHOOL, number_of
from overviews.rows.students import COLUMNS, Filters, StudentRow, listed, narrowed, student_rows
from overviews.rows.support import supported
from schools.models import Role, School
from students.models import Case, Protection, Referral
from students.views.rows import ReferralRow, referral_row

A_FEW = 10  # rows in a card; all of them are one click away


def with_page_figures(schools: Any, user: User) -> Any:
    """For coordinators with the figures of the page; each counts the rows that its link opens."""
    if user.acting.role != Role.COORDINATOR:
        return schools
    waiting = Case.objects.visible_to(user).waiting().filter(**AT_THE_SCHOOL)
    referrals = open_referrals(user).filter(school=OuterRef("pk"))
    return schools.annotate(
        supported_count=number_of(supported(user).filter(**AT_THE_SCHOOL), by="student__school"),
        waiting_count=number_of(waiting, by="student__school"),
        referral_count=number_of(referrals, by="school"),
    )


def open_referrals(user: User) -> Any:
    """Without an answer, and of no protected pupil: that would tell which school is theirs (DOMAIN §4)."""
    found = Referral.objects.visible_to(user).open().filter(protection=Protection.NONE)
    return found.exclude(student__is_protected=True)


@dataclass(slots=True)
class OfSchool:
    """What the page shows of pupils, and who they are for the access log."""

    pupils: list[StudentRow] = field(default_factory=list)
    has_more_pupils: bool = False
    referrals: list[ReferralRow] = field(default_factory=list)
    has_more_referrals: bool = False
    students: list[OfStudent] = field(default_factory=list)


def of_school(school: School, user: User) -> OfSchool:
    """Pupils for coordinators, open referrals also for the school's staff; two queries, or one, or none."""
    found = OfSchool()
    if user.acting.role == Role.COORDINATOR:
        _add_pupils(found, school, user)
    if user.acting.role in {Role.COORDINATOR, Role.SCHOOL_STAFF}:
        _add_referrals(found, school, user)
    return found


def _add_pupils(found: OfSchool, school: School, user: User) -> None:
    """The first of what Elever shows for the school."""
    here = narrowed(listed(user), Filters(school=str(school.public_id)), user).only(*COLUMNS)
    students = list(here[: A_FEW + 1])
    found.has_more_pupils = len(students) > A_FEW
    found.pupils = student_rows(students[:A_FEW], user)
    found.students += students[:A_FEW]


def _add_referrals(found: OfSchool, school: School, user: User) -> None:
    newest = (
        open_referrals(user)
        .filter(school=school)
        .newest_first()
        .select_related("school", "referred_by", "student")
    )
    referrals = list(newest[: A_FEW + 1])
    found.has_more_referrals = len(referrals) > A_FEW
    found.referrals = [referral_row(referral, user) for referral in referrals[:A_FEW]]
    found.students += [referral.student for referral in referrals[:A_FEW] if referral.student]
