"""The marker of a report of concern: noted, corrected, withdrawn. No page asks what was reported."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import record_reads
from peersupport.lib.dates import today
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from safety import services
from safety.forms import MarkerForm, NewMarkerForm, WithdrawMarkerForm
from safety.models import ConcernReport
from safety.views.concern import concern_page
from schools.services import ChangedMeanwhile
from students.models import Student


@require_safe_or_post
def concern_report_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """That one has reported, after it was sent."""
    students = Student.objects.visible_to(request.user).select_related("identity")
    student = get_object_or_404(students, public_id=public_id)
    form = NewMarkerForm(
        request.POST or None, initial={"learned_on": today(), **NewMarkerForm.start(timezone.now())}
    )
    if request.method == "POST" and form.is_valid():
        answer = form.save_once(by=request.user, save=lambda: _note(request, student, form))
        if answer:
            messages.success(request, _("It is noted. A coordinator is asked to get in touch with you."))
            return redirect(answer)
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return _show(request, "safety/concern_report_create.html", student, form=form, status=status)


def _note(request: AuthenticatedHttpRequest, student: Student, form: NewMarkerForm) -> str:
    services.note_report(student=student, by=request.user, marker=form.marker())
    return concern_page(student)


def _show(
    request: AuthenticatedHttpRequest, template: str, student: Student, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One of the pages about a marker; that the pupil was shown is logged."""
    page = template.removesuffix(".html").replace("/", ":")
    record_reads(by=request.user, page=page, students=[student], request_id=request.request_id)
    context |= {"student": student, "back_url": concern_page(student)}
    return render(request, template, context, status=status)


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> ConcernReport:
    """One that stands, among those the reader sees; else 404."""
    reports = ConcernReport.objects.visible_to(request.user).standing()
    report: ConcernReport = get_object_or_404(
        reports.select_related("student__identity"), public_id=public_id
    )
    return report


@require_safe_or_post
def concern_report_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """By its author, who says why."""
    report = _find(request, public_id)
    if report.author_id != request.user.pk:
        raise PermissionDenied
    start = MarkerForm.values_of(report)
    form = MarkerForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, report, form)
        except ChangedMeanwhile:
            stored, back = MarkerForm(initial=start), concern_page(report.student)
            return conflict(request, form=form, stored=stored, version=report.version, cancel_url=back)
        messages.success(request, _("It is saved."))
        return redirect(concern_page(report.student))
    return _show(request, "safety/concern_report_edit.html", report.student, form=form)


def _correct(request: AuthenticatedHttpRequest, report: ConcernReport, form: MarkerForm) -> None:
    because, version = form.cleaned_data["because"], form.cleaned_data["version"] or 0
    services.correct_report(
        report=report, by=request.user, version=version, marker=form.marker(), because=because
    )


@require_safe_or_post
def concern_report_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """It stays, crossed out, with who did it and why."""
    report = _find(request, public_id)
    form = WithdrawMarkerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_report(report=report, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, _("The marker is withdrawn. The report itself you take up with them."))
        return redirect(concern_page(report.student))
    return _show(request, "safety/concern_report_withdraw.html", report.student, form=form)
