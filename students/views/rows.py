"""Rows of lists, made of texts only: a template of thirty rows is as fast as what it has to work out."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from peersupport.lib.dates import day_of, relative_day, short_date
from peersupport.lib.http import AuthenticatedHttpRequest
from peersupport.lib.pages import Page
from schools.codes import SchoolForm
from students.models import Case, Referral, ReferralStatus, Student

STATUS_CLASSES = {
    ReferralStatus.REQUESTED: "word-attention",
    ReferralStatus.AWAITING_CONSENT: "word-attention",
    ReferralStatus.ACCEPTED: "word-good",
    ReferralStatus.DECLINED: "word-quiet",
    ReferralStatus.WITHDRAWN: "word-quiet",
}


@dataclass(frozen=True, slots=True)
class ReferralRow:
    url: str
    name: str
    is_protected: bool
    place: str
    status: str
    status_class: str
    sent: str
    may_exist: bool  # said to coordinators only: the referrer learns nothing of other schools' pupils


def referral_row(referral: Referral, by: User, *, may_exist: bool = False) -> ReferralRow:
    return ReferralRow(
        url=reverse("students:referral_detail", args=[referral.public_id]),
        name=name_of(referral),
        is_protected=is_sealed(referral),
        place=place_of(referral, by),
        status=capfirst(referral.get_status_display()),
        status_class=STATUS_CLASSES[ReferralStatus(referral.status)],
        sent=_("%(day)s by %(who)s")
        % {"day": short_date(day_of(referral.created_at)), "who": referral.referred_by.name},
        may_exist=may_exist,
    )


@dataclass(frozen=True, slots=True)
class WaitingRow:
    url: str
    match_url: str
    name: str
    is_protected: bool
    place: str
    reason: str
    waited: str
    wishes: str


def waiting_row(case: Case, referral: Referral | None, by: User) -> WaitingRow:
    """`referral` is None when it is another school's and not to be seen."""
    student = case.student
    return WaitingRow(
        url=reverse("overviews:student_detail", args=[student.public_id]),
        match_url=reverse("students:match", args=[case.public_id]),
        name=student.name,
        is_protected=student.is_protected,
        place=place_label(student, by),
        reason=capfirst(case.get_reason_display()),
        waited=_waited(case.days_waiting),
        wishes=wishes_of(referral) if referral else "",
    )


def _waited(days: int) -> str:
    if not days:
        return _("since today")
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def is_sealed(referral: Referral) -> bool:
    return referral.is_protected or (referral.student is not None and referral.student.is_protected)


def name_of(referral: Referral) -> str:
    """The pupil's alias once there is a protected pupil, else the name as written."""
    if referral.student is not None and referral.student.is_protected:
        return referral.student.alias_label
    return referral.name


def place_of(referral: Referral, by: User) -> str:
    """Grade and school; of a protected pupil the organisation (DOMAIN §4: the school may tell too much)."""
    if is_sealed(referral):
        return by.acting.organisation_name
    grade = Student(grade=referral.grade, school_form=SchoolForm(referral.school_form)).grade_label
    return ", ".join(part for part in (grade, referral.school.name) if part)


def place_label(student: Student, by: User) -> str:
    """Grade and school, or the organisation."""
    return student.place_label or by.acting.organisation_name


def wishes_of(referral: Referral) -> str:
    """Language, woman or man, and the wishes in the referrer's words, in one line."""
    wishes: list[str] = []
    if referral.wanted_language:
        wishes.append(_("language: %(language)s") % {"language": referral.wanted_language})
    if referral.wants_woman:
        wishes.append(_("rather a woman"))
    if referral.wants_man:
        wishes.append(_("rather a man"))
    if referral.wishes:
        wishes.append(referral.wishes)
    return " · ".join(wishes)


def waiting_since(case: Case) -> str:
    return relative_day(case.waiting_since)


def page_urls(request: AuthenticatedHttpRequest, page: Page[Any], url: str) -> dict[str, str]:
    """Addresses of the first and the next page with the same filter; empty where there is none."""
    query = request.GET.copy()
    query.pop("after", None)
    first = "" if page.is_first else _with_query(url, query.urlencode())
    query["after"] = page.next_token
    return {"newer_url": first, "older_url": _with_query(url, query.urlencode()) if page.next_token else ""}


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
