"""The pupil's record and support period, edited by coordinators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import StudentForm
from students.models import Student
from students.views.answers import both_texts, student_page
from students.views.rows import place_label


def find_student(request: AuthenticatedHttpRequest, public_id: UUID, *roles: str) -> Student:
    """The pupil with name and school; 404 when unseen, 403 when none of `roles` is acted in."""
    student = get_object_or_404(Student.objects.visible_to(request.user).with_names(), public_id=public_id)
    if request.user.acting.role not in (roles or (Role.COORDINATOR,)):
        raise PermissionDenied
    return student


def show_student_form(
    request: AuthenticatedHttpRequest, template: str, student: Student, **context: Any
) -> HttpResponse:
    """A page about one pupil, logged as read."""
    record_reads(
        by=request.user,
        page=f"students:{template.rpartition('/')[2].removesuffix('.html')}",
        students=[student],
        request_id=request.request_id,
    )
    context |= {
        "student": student,
        "place": place_label(student, request.user),
        "back_url": student_page(student),
    }
    return render(request, template, context)


@require_safe_or_post
def student_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    form = StudentForm(request.POST or None, user=request.user, student=student)
    if request.method == "POST" and form.is_valid():
        try:
            _save_student(request, student, form)
        except services.EditConflict:
            return _show_both(request, student, form)
        except services.EnrolmentTooEarly:
            form.add_error(
                "valid_from", _("A later change of school or grade is saved already. Choose a later day.")
            )
        else:
            messages.success(request, _("The pupil's details are saved."))
            return redirect(student_page(student))
    return show_student_form(request, "students/student_edit.html", student, form=form)


def _save_student(request: AuthenticatedHttpRequest, student: Student, form: StudentForm) -> None:
    data = form.cleaned_data
    name = None
    if "given_name" in data:
        name = services.Name(data["given_name"], data["family_name"], data["called"])
    services.edit_student(
        student=student,
        by=request.user,
        version=data["version"],
        fields={column: data[column] for column in ("birth_year", "sex", "works_well")},
        place=services.Place(data["school_form"], data["grade"], data["valid_from"]),
        name=name,
    )


def _show_both(request: AuthenticatedHttpRequest, student: Student, form: StudentForm) -> HttpResponse:
    current = find_student(request, student.public_id)
    return both_texts(
        request,
        student=student,
        mine=form,
        saved=StudentForm(user=request.user, student=current),
        version=current.version,
        back=student_page(student),
        only_mine=("valid_from",),
    )
