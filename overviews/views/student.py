"""Elevsida: one pupil."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.services import record_reads
from overviews.rows import student as rows
from overviews.rows.entries import contact_url_of, entries
from overviews.rows.people import people_of
from overviews.rows.tasks import student_task_rows
from overviews.rows.timeline import PROTECTION, WHAT, Narrowing, timeline
from peersupport.lib.http import AuthenticatedHttpRequest, uuid_or_none
from safety.rows import concern_rows
from schools.codes import CONTACT_KIND, words_of
from schools.models import Role
from students.models import CaseStatus, Student
from students.words import support_word
from visits.models import KINDS_WITHOUT_NAMES
from visits.queries import next_step_of


@require_safe
def student_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The pupil as a coordinator or their own supporter sees them."""
    user = request.user
    student = get_object_or_404(rows.with_page_facts(user), public_id=public_id)
    if user.acting.role not in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
        raise PermissionDenied
    record_reads(by=user, page="overviews:student_detail", students=[student], request_id=request.request_id)
    student.supporter_name, student.supported_since = rows.beside(student)
    case = rows.latest_case(student, user)
    is_open = case is not None and case.status != CaseStatus.CLOSED
    contact_url = contact_url_of(student) if is_open else ""
    context = {
        "student": student,
        "met": rows.met_text(student),
        "next_step": next_step_of(student) if is_open else None,
        "is_coordinator": user.acting.role == Role.COORDINATOR,
        "place": student.place_label or user.acting.organisation_name,
        "people": people_of(student, user),
        "supporters": rows.supporter_rows(student, user),
        "bookings": rows.booking_rows(student, user, contact_url),
        "tasks": student_task_rows(student, user),
        "reports": concern_rows(student, user) if student.has_concern_reports else [],
        "contact_url": contact_url,
        "is_open": is_open,
        **_case_context(case, user, is_open=is_open),
        "support": support_word(case.status if case else "", has_supporter=student.beside is not None),
        **_timeline_context(request, student, contact_url),
    }
    return render(request, "overviews/student_detail.html", context)


def _case_context(case: Any, user: User, *, is_open: bool) -> dict[str, Any]:
    """What the page says of the support period; None for a pupil who never had one."""
    if case is None:
        return {"case": None}
    return {
        "case": case,
        "case_facts": rows.case_facts(case, user),
        "ending": rows.ending_texts(case),
        "paused": rows.paused_text(case),
        "waiting": rows.waiting_text(case) if is_open else "",
        "referral": case.seen_referral,
        "referral_texts": rows.referral_texts(case.seen_referral),
    }


def _timeline_context(
    request: AuthenticatedHttpRequest, student: Student, contact_url: str
) -> dict[str, Any]:
    """What has happened, narrowed by what stands in the address."""
    user = request.user
    words = words_of(user.acting)
    narrowing = Narrowing.asked(request.GET.get("what", ""), request.GET.get("kind", ""), words)
    page = timeline(student, user, narrowing, uuid_or_none(request.GET.get("after")))
    is_coordinator = user.acting.role == Role.COORDINATOR
    return {
        "entries": entries(page.lines, student, user, contact_url),
        "narrowing": narrowing,
        "kinds": [
            (token, word)
            for token, word in words.every(CONTACT_KIND)
            if token.partition(":")[0] not in KINDS_WITHOUT_NAMES
        ],
        # A change of protection is the coordinators' to see.
        "whats": [choice for choice in WHAT if is_coordinator or choice[0] != PROTECTION],
        "older_url": _timeline_url(student, narrowing, page.next_token) if page.next_token else "",
        "first_url": "" if page.is_first else _timeline_url(student, narrowing, ""),
    }


def _timeline_url(student: Student, narrowing: Narrowing, token: str) -> str:
    asked = QueryDict(mutable=True)
    for name, value in (("what", narrowing.what), ("kind", narrowing.kind), ("after", token)):
        if value:
            asked[name] = value
    url = reverse("overviews:student_detail", args=[student.public_id])
    return f"{url}?{asked.urlencode()}#timeline-title"
