"""Jag är orolig för en elev: whom to ring, whom to tell, and the duty to report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.services import record_reads
from peersupport.lib.dates import today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from safety import services
from safety.models import NumberStep, OrganisationNumber
from safety.rows import concern_rows
from schools.models import Organisation, Role
from students.models import Student

WORRIED = (Role.PEER_SUPPORTER, Role.COORDINATOR, Role.SCHOOL_STAFF)
RING_ME = gettext_lazy("Ring me today: I need to talk something through")


@require_safe
@requires(*WORRIED)
def concern(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What to do, about no pupil in particular."""
    context = {"student": None, "reports": [], **_whom_to_ring(request)}
    return render(request, "safety/concern.html", context)


@require_safe
def concern_of_student(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The same from a pupil's page, so that the report can be noted there."""
    students = Student.objects.visible_to(request.user).select_related("identity")
    student = get_object_or_404(students, public_id=public_id)
    record_reads(
        by=request.user,
        page="safety:concern_of_student",
        students=[student],
        request_id=request.request_id,
    )
    reports = concern_rows(student, request.user)
    context = {"student": student, "reports": reports, **_whom_to_ring(request)}
    return render(request, "safety/concern.html", context)


@require_safe
@requires(*WORRIED)
def concern_offline(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The same with no person in it: a phone keeps it, and shows it where there is no network."""
    return render(request, "safety/concern_offline.html", _numbers(request))


def _numbers(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """The organisation's numbers by when one rings them. One query."""
    numbers = list(OrganisationNumber.objects.visible_to(request.user).in_order())
    return {f"{step}_numbers": [one for one in numbers if one.step == step] for step in NumberStep}


def _whom_to_ring(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """The numbers, and who is on duty now."""
    organisation = Organisation(pk=request.user.acting.organisation_id)
    return {**_numbers(request), "phones": services.duty_phones(organisation, timezone.now())}


def concern_page(student: Student) -> str:
    """The address of the page about that pupil."""
    return reverse("safety:concern_of_student", args=[student.public_id])


@require_POST
@requires(*WORRIED)
def concern_tell(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One tap: a coordinator is asked to ring today. The task says nothing of a pupil."""
    name = services.tell_coordinator(title=RING_ME, due_on=today())
    if name:
        text = _("%(name)s has a task to ring you today. Does nobody ring soon? Ring yourself.")
        messages.success(request, text % {"name": name})
    else:
        messages.warning(request, _("There is no coordinator to ask. Ring one of the numbers below."))
    return redirect("safety:concern")


@require_safe
@requires(*WORRIED)
def concern_form(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A report to fill in by hand. Nothing of ours is on it."""
    return render(request, "safety/concern_form.html")
