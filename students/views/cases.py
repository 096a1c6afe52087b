"""The support period: edited, paused, resumed, ended and opened again by coordinators."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peersupport.lib.dates import short_date
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import CaseForm, CloseForm, PauseForm, ReopenForm
from students.models import Case, CaseStatus, ConsentState
from students.views.answers import both_texts, student_page
from students.views.students import show_student_form


def find_case(request: AuthenticatedHttpRequest, public_id: UUID) -> Case:
    """A support period, ended or not, with the pupil; 404 when unseen, 403 for whoever is no coordinator."""
    cases: Any = Case.objects.visible_to(request.user)
    case: Case = get_object_or_404(
        cases.select_related("student__school", "student__identity", "closed_by"), public_id=public_id
    )
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    return case


def _ended_already(request: AuthenticatedHttpRequest, case: Case) -> HttpResponse:
    """Somebody else was first: nothing is done, and the pupil's page tells who."""
    messages.warning(request, _("The support is ended already. Here you see who ended it, and why."))
    return redirect(student_page(case.student))


@require_safe_or_post
def case_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    case = find_case(request, public_id)
    if case.status == CaseStatus.CLOSED:
        return _ended_already(request, case)
    form = CaseForm(_split_purposes(request), case=case, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_case(case=case, by=request.user, **form.cleaned_data)
        except services.CaseClosed:
            return _ended_already(request, case)
        except services.EditConflict:
            return _show_both_cases(request, case)
        messages.success(request, _("The support period is saved."))
        return redirect(student_page(case.student))
    return show_student_form(request, "students/case_edit.html", case.student, form=form, case=case)


def _split_purposes(request: AuthenticatedHttpRequest) -> Any:
    """The posted form; the page of two texts sends several purposes as one value with commas."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    purposes = ",".join(data.getlist("purposes")).split(",")
    data.setlist("purposes", [purpose for purpose in purposes if purpose])
    return data


def _show_both_cases(request: AuthenticatedHttpRequest, case: Case) -> HttpResponse:
    """Both texts, by what the form asks now: another may have paused the support, or let it go on."""
    current = find_case(request, case.public_id)
    data = _split_purposes(request)
    data.setdefault("status", current.status)
    return both_texts(
        request,
        student=case.student,
        mine=CaseForm(data, case=current, user=request.user),
        saved=CaseForm(case=current, user=request.user),
        version=current.version,
        back=student_page(case.student),
    )


@require_safe_or_post
def case_pause(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    case = find_case(request, public_id)
    form = PauseForm(request.POST or None, initial={"version": case.version})

    def save(data: dict[str, Any]) -> str:
        cancelled = services.pause_case(case=case, by=request.user, **data)
        return _("The support rests until %(day)s.") % {"day": short_date(data["until"])} + _and(cancelled)

    return _change(request, case, "students/case_pause.html", form, save)


@require_POST
def case_resume(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One press; the version goes along unseen, and whoever comes second is told how it stands."""
    case = find_case(request, public_id)
    sent = request.POST.get("version", "")
    try:
        version = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
        services.resume_case(case=case, by=request.user, version=version)
    except services.Refused:
        messages.warning(request, _("Someone else has just changed the support. Here is how it stands now."))
    else:
        messages.success(request, _("The support goes on."))
    return redirect(student_page(case.student))


@require_safe_or_post
def case_close(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    case = find_case(request, public_id)
    form = CloseForm(request.POST or None, case=case)

    def save(data: dict[str, Any]) -> str:
        cancelled = services.close_case(case=case, by=request.user, **data)
        return _("The support is ended. No peer supporter sees the pupil any more.") + _and(cancelled)

    return _change(request, case, "students/case_close.html", form, save)


@require_safe_or_post
def case_reopen(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    case = find_case(request, public_id)
    if case.status != CaseStatus.CLOSED:
        messages.info(request, _("The support is open."))
        return redirect(student_page(case.student))
    form = ReopenForm(request.POST or None, initial={"version": case.version})

    def save(data: dict[str, Any]) -> str:
        services.reopen_case(
            case=case,
            by=request.user,
            version=data["version"],
            reason=data["reason"],
            has_consent=data["consent"] == ConsentState.OBTAINED,
        )
        return _("The support is open again. Now choose a peer supporter.")

    return _change(request, case, "students/case_reopen.html", form, save)


def _change(
    request: AuthenticatedHttpRequest,
    case: Case,
    template: str,
    form: forms.Form,
    save: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Show the form, or save it and say what `save` says. A refusal stands beside what was typed."""
    if case.status == CaseStatus.CLOSED and not isinstance(form, ReopenForm):
        return _ended_already(request, case)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save(form.cleaned_data))
            return redirect(student_page(case.student))
        except (services.CaseClosed, services.CaseOpen):
            messages.warning(
                request, _("Someone else has just changed the support. Here is how it stands now.")
            )
            return redirect(student_page(case.student))
        except services.Refused as refusal:
            status, form = 409, _refused(request, case, form, refusal)
    response = show_student_form(request, template, case.student, form=form, case=case)
    response.status_code = status
    return response


def _refused(
    request: AuthenticatedHttpRequest, case: Case, form: Any, refusal: services.Refused
) -> forms.Form:
    """The form with what was typed, why it was not saved, and the version to go on from."""
    if isinstance(refusal, services.ContactAfterEnd):
        text = _("There is a contact on %(day)s. Choose that day or a later one.")
        form.add_error("last_day", text % {"day": short_date(refusal.day)})
    elif isinstance(refusal, services.OpenCaseExists):
        form.add_error(None, _("The pupil has another support period by now. Go on in that one."))
    else:
        data = request.POST.copy()
        data["version"] = str(find_case(request, case.public_id).version)
        form.data = data
        form.add_error(
            None, _("Someone else has changed the support while you wrote. Look once more, and save again.")
        )
    answered: forms.Form = form
    return answered


def _and(cancelled: int) -> str:
    """What the change has taken along."""
    if not cancelled:
        return ""
    return " " + ngettext(
        "%(count)s booking is cancelled.", "%(count)s bookings are cancelled.", cancelled
    ) % {"count": cancelled}
