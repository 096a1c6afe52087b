"""What a coordinator sees beside a referral: who may be the same child."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest
from students import services
from students.models import Referral, ReferralStatus, Student
from students.views.rows import name_of, place_label, place_of


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """The referral itself (without `url`), a pupil, or another referral: what tells them apart."""

    name: str
    called: str
    birth_year: str
    sex: str
    place: str
    support: str
    url: str = ""
    merge_url: str = ""


def alike_rows(request: AuthenticatedHttpRequest, referral: Referral) -> list[AlikeRow]:
    """The referral, then those with a name like it; nothing when there are none, or when it is decided."""
    if not referral.is_open and referral.status != ReferralStatus.ACCEPTED:
        return []
    found = services.likely_duplicates(referral=referral, by=request.user)
    if not found:
        return []
    record_reads(
        by=request.user,
        page="students:referral_detail",
        students=found.students,
        action=AccessLogAction.SEARCH,
        request_id=request.request_id,
    )
    supported = services.students_with_open_case(students=found.students, by=request.user)
    students = [_of_student(one, referral, request.user, one.pk in supported) for one in found.students]
    return [_of_referral(referral, request.user, ""), *students, *_others(found.referrals, request.user)]


def _of_student(student: Student, referral: Referral, by: User, is_supported: bool) -> AlikeRow:
    identity: Any = getattr(student, "identity", None)
    merge = ""
    if referral.student is not None:
        merge = reverse("students:merge", args=[referral.student.public_id, student.public_id])
    return AlikeRow(
        name=student.name,
        called=identity.called if identity else "",
        birth_year=str(student.birth_year or ""),
        sex=capfirst(str(student.get_sex_display())),
        place=place_label(student, by),
        support=_("has support already") if is_supported else _("on record, without support"),
        url=reverse("overviews:student_detail", args=[student.public_id]),
        merge_url=merge,
    )


def _others(referrals: list[Referral], by: User) -> list[AlikeRow]:
    return [
        _of_referral(one, by, reverse("students:referral_detail", args=[one.public_id])) for one in referrals
    ]


def _of_referral(referral: Referral, by: User, url: str) -> AlikeRow:
    status = _("Referral: %(status)s") % {"status": referral.get_status_display()}
    return AlikeRow(
        name=name_of(referral),
        called=referral.called,
        birth_year=str(referral.birth_year or ""),
        sex=capfirst(str(referral.get_sex_display())),
        place=place_of(referral, by),
        support=status if url else "",
        url=url,
    )
