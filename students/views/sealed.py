"""A protected pupil's name and guardians, corrected by a coordinator who has the name open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from students import services
from students.forms import GuardianForm, SealedNameForm
from students.models import Guardian, Student
from students.services import Name, OpenedIdentity
from students.views.answers import both_texts
from students.views.students import find_student, show_student_form


@require_safe_or_post
def identity_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    opened = services.opened_identity(student=student)
    if opened is None:
        return _open_first(request, student)
    form = _name_form(opened, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        name = Name(data["given_name"], data["family_name"], data["called"])
        try:
            services.correct_identity(student=student, version=data["version"], name=name)
        except services.NotOpen:
            return _open_first(request, student)
        except services.EditConflict:
            current = services.opened_identity(student=student) or opened
            return _both(request, student, form, _name_form(current), current.version)
        messages.success(request, _("The name is corrected. It stays sealed."))
        return redirect(_page(student))
    return _show(request, student, form, heading=_("Correct the name"))


def _name_form(opened: OpenedIdentity, data: Any = None) -> SealedNameForm:
    name = opened.name
    initial = {"given_name": name.given_name, "family_name": name.family_name, "called": name.called}
    return SealedNameForm(data, initial={"version": opened.version, **initial})


@require_safe_or_post
def sealed_guardian_edit(
    request: AuthenticatedHttpRequest, public_id: UUID, guardian_id: UUID
) -> HttpResponse:
    student = find_student(request, public_id)
    if services.opened_identity(student=student) is None:
        return _open_first(request, student)
    guardian = _guardian(student, guardian_id)
    form = GuardianForm(request.POST or None, instance=guardian, initial={"version": guardian.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.correct_guardian(guardian=guardian, version=version, fields=form.columns)
        except services.NotOpen:
            return _open_first(request, student)
        except services.EditConflict:
            current = _guardian(student, guardian_id)
            return _both(request, student, form, GuardianForm(instance=current), current.version)
        messages.success(request, _("The guardian is saved."))
        return redirect(_page(student))
    return _show(request, student, form, heading=_("Edit guardian"))


def _guardian(student: Student, guardian_id: UUID) -> Guardian:
    found = (one for one in services.opened_guardians(student=student) if one.public_id == guardian_id)
    guardian = next(found, None)
    if guardian is None:
        raise Http404
    return guardian


def _both(
    request: AuthenticatedHttpRequest, student: Student, mine: Any, saved: Any, version: int
) -> HttpResponse:
    return both_texts(request, student=student, mine=mine, saved=saved, version=version, back=_page(student))


def _show(request: AuthenticatedHttpRequest, student: Student, form: Any, heading: str) -> HttpResponse:
    page = _page(student)
    return show_student_form(
        request, "students/sealed_edit.html", student, form=form, heading=heading, page=page
    )


def _page(student: Student) -> str:
    return reverse("students:identity_open", args=[student.public_id])


def _open_first(request: AuthenticatedHttpRequest, student: Student) -> HttpResponse:
    messages.info(request, _("Open the name first. Then you can correct it."))
    return redirect(_page(student))
