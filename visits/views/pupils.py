"""What pages about one pupil share: finding the pupil, writing down who looked, and the way back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest
from schools.models import Role
from students.models import Case, Student

SUPPORT = (Role.COORDINATOR, Role.PEER_SUPPORTER)


def find_student(request: AuthenticatedHttpRequest, public_id: UUID) -> Student:
    """404 when unseen, 403 for roles that give or lead no support."""
    students: Any = Student.objects.visible_to(request.user).with_names()
    student: Student = get_object_or_404(students, public_id=public_id)
    if request.user.acting.role not in SUPPORT:
        raise PermissionDenied
    return student


def open_case(request: AuthenticatedHttpRequest, student: Student) -> Case | None:
    """The pupil's support period that is not ended."""
    return Case.objects.visible_to(request.user).open().filter(student=student).first()


def student_page(student: Student) -> str:
    return reverse("overviews:student_detail", args=[student.public_id])


def show(
    request: AuthenticatedHttpRequest, template: str, student: Student, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one pupil, written to the log as read."""
    page = f"visits:{request.resolver_match.url_name}" if request.resolver_match else ""
    record_reads(by=request.user, page=page, students=[student], request_id=request.request_id)
    context |= {"student": student, "back_url": student_page(student)}
    return render(request, template, context, status=status)
