"""Guardians, added and edited by coordinators."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from operations.services import SameKeyOtherForm
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import GuardianForm
from students.models import Guardian
from students.views.answers import both_texts, save_once, sent_already, student_page
from students.views.students import find_student, show_student_form


@require_safe_or_post
def guardian_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    form = GuardianForm(request.POST or None, initial={"form_key": uuid4()})
    form.fields["form_key"].required = True
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.add_guardian(student=student, by=request.user, fields=form.columns)
            return student_page(student)

        try:
            path = save_once(request, form.cleaned_data["form_key"], save)
        except SameKeyOtherForm:
            return sent_already(request, student_page(student))
        messages.success(request, _("The guardian is saved."))
        return redirect(path)
    return show_student_form(request, "students/guardian_create.html", student, form=form)


@require_safe_or_post
def guardian_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    guardian = _find_guardian(request, public_id)
    form = GuardianForm(request.POST or None, instance=guardian, initial={"version": guardian.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_guardian(
                guardian=guardian,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                fields=form.columns,
            )
        except services.EditConflict:
            return _show_both(request, guardian, form)
        messages.success(request, _("The guardian is saved."))
        return redirect(student_page(guardian.student))
    return show_student_form(request, "students/guardian_edit.html", guardian.student, form=form)


def _find_guardian(request: AuthenticatedHttpRequest, public_id: UUID) -> Guardian:
    guardians: Any = Guardian.objects.visible_to(request.user)
    guardians = guardians.select_related("student__school", "student__identity")
    guardian: Guardian = get_object_or_404(guardians, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    return guardian


def _show_both(request: AuthenticatedHttpRequest, guardian: Guardian, form: GuardianForm) -> HttpResponse:
    current = _find_guardian(request, guardian.public_id)
    return both_texts(
        request,
        student=guardian.student,
        mine=form,
        saved=GuardianForm(instance=current),
        version=current.version,
        back=student_page(guardian.student),
    )
