"""Giving a pupil a supporter, and ending it."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import record_reads
from operations.services import SameKeyOtherForm
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import AssignmentForm, EndAssignmentForm
from students.models import Assignment, Case
from students.views.answers import save_once, sent_already, student_page
from students.views.rows import place_label
from students.views.waiting import find_open_case, referral_of
from supporters.models import PeerSupporter


@require_safe_or_post
def assignment_create(request: AuthenticatedHttpRequest, public_id: UUID, supporter_id: UUID) -> HttpResponse:
    case = find_open_case(request, public_id)
    supporters = PeerSupporter.objects.visible_to(request.user).with_capacity().with_people()
    supporter = get_object_or_404(supporters, public_id=supporter_id)
    beside = services.measured(
        supporter=supporter, case=case, referral=referral_of(request, case), by=request.user
    )
    # What the form showed counts, not what holds now: the place may have been taken in between.
    was_free = request.POST.get("was_free") == "True" if request.method == "POST" else beside.free > 0
    form = AssignmentForm(request.POST or None, is_free=was_free)
    if request.method == "POST" and form.is_valid():
        if answer := _assign(request, case, supporter, form):
            return answer
    return _show_form(request, case, form, beside)


def _show_form(
    request: AuthenticatedHttpRequest, case: Case, form: AssignmentForm, beside: services.Match
) -> HttpResponse:
    record_reads(
        by=request.user,
        page="students:assignment_create",
        students=[case.student],
        request_id=request.request_id,
    )
    context = {
        "form": form,
        "match": beside,
        "student": case.student,
        "place": place_label(case.student, request.user),
        "back_url": reverse("students:match", args=[case.public_id]),
    }
    return render(request, "students/assignment_create.html", context)


def _assign(
    request: AuthenticatedHttpRequest, case: Case, supporter: PeerSupporter, form: AssignmentForm
) -> HttpResponse | None:
    """Where to go when it is done or cannot be done; None when the form has to be filled in differently."""
    back = reverse("students:match", args=[case.public_id])
    try:
        path = save_once(
            request, form.cleaned_data["form_key"], lambda: _save(request, case, supporter, form)
        )
    except SameKeyOtherForm:
        return sent_already(request, back)
    except services.CapacityReached:
        text = _("The place with %(name)s was just taken by another coordinator. Here are others who can.")
        messages.warning(request, text % {"name": supporter.user.name})
        return redirect(back)
    except services.NotAccepting:
        text = _("%(name)s takes no new pupils right now. Here are others who can.")
        messages.warning(request, text % {"name": supporter.user.name})
        return redirect(back)
    except services.MainSupporterExists:
        form.add_error(
            None,
            _("The pupil has a main supporter in that period. End that one first, or change the days."),
        )
        return None
    messages.success(request, _("Done. The pupil is assigned to %(name)s.") % {"name": supporter.user.name})
    return redirect(path)


def _save(
    request: AuthenticatedHttpRequest, case: Case, supporter: PeerSupporter, form: AssignmentForm
) -> str:
    data: dict[str, Any] = dict(form.cleaned_data)
    del data["form_key"], data["was_free"]
    services.assign(case=case, supporter=supporter, by=request.user, **data)
    return student_page(case.student)


@require_safe_or_post
def assignment_end(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    assignments = Assignment.objects.visible_to(request.user)
    assignment = get_object_or_404(
        assignments.select_related("supporter__user", "student__school", "student__identity", "case"),
        public_id=public_id,
        ended_at__isnull=True,
    )
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied

    form = EndAssignmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with suppress(services.AlreadyEnded):  # by another, a moment ago: it is as was wished
            services.end_assignment(
                assignment=assignment, by=request.user, reason=form.cleaned_data["reason"]
            )
        messages.success(request, _("The assignment is ended. The peer supporter no longer sees the pupil."))
        return redirect(student_page(assignment.student))
    record_reads(
        by=request.user,
        page="students:assignment_end",
        students=[assignment.student],
        request_id=request.request_id,
    )
    return render(
        request,
        "students/assignment_end.html",
        {"form": form, "assignment": assignment, "back_url": student_page(assignment.student)},
    )
