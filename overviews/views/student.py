"""Elevsida: one pupil."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.services import record_reads
from overviews.rows import student as rows
from overviews.rows.tasks import student_task_rows
from peersupport.lib.http import AuthenticatedHttpRequest
from schools.models import Role
from students.models import CaseStatus, Student
from visits.models import ContactKind


@require_safe
def student_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The pupil as a coordinator or their own supporter sees them."""
    user = request.user
    student = get_object_or_404(rows.with_page_facts(user), public_id=public_id)
    if user.acting.role not in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    page = rows.timeline(student, user, kind=kind, after=request.GET.get("after"))
    record_reads(by=user, page="overviews:student_detail", students=[student], request_id=request.request_id)
    guardians = rows.guardians_of(student, user)
    student.supporter_name, student.supported_since = rows.beside(student)
    context = {
        "student": student,
        "met": rows.met_text(student),
        "is_coordinator": user.acting.role == Role.COORDINATOR,
        "place": student.place_label or user.acting.organisation_name,
        "guardians": guardians,
        "supporters": rows.supporter_rows(student, user),
        "entries": rows.entries(page.rows, student, user),
        "tasks": student_task_rows(student, user),
        "kinds": ContactKind.choices,
        "kind": kind if kind in ContactKind.values else "",
        "older_url": _timeline_url(student, kind, page.next_token) if page.next_token else "",
        "first_url": "" if page.is_first else _timeline_url(student, kind, ""),
        "reachable": next((one for one in guardians if one.phone and not one.not_to_be_contacted), None),
        **_case_context(rows.latest_case(student, user)),
    }
    return render(request, "overviews/student_detail.html", context)


def _case_context(case: Any) -> dict[str, Any]:
    """What the page says of the support period; None for a pupil who never had one."""
    if case is None:
        return {"case": None}
    is_open = case.status != CaseStatus.CLOSED
    return {
        "case": case,
        "is_open": is_open,
        "case_facts": rows.case_facts(case),
        "waiting": rows.waiting_text(case) if is_open else "",
        "referral": case.seen_referral,
        "referral_texts": rows.referral_texts(case.seen_referral),
    }


def _timeline_url(student: Student, kind: str, token: str) -> str:
    asked = QueryDict(mutable=True)
    if kind in ContactKind.values:
        asked["kind"] = kind
    if token:
        asked["after"] = token
    return (
        f"{reverse('overviews:student_detail', args=[student.public_id])}?{asked.urlencode()}#timeline-title"
    )
