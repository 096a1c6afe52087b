"""Ändringar: what has been changed of a pupil, a referral, a support period, an assignment, a contact."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.services import record_reads
from overviews.pages_of_lists import paging
from overviews.rows.changes import page as rows
from overviews.rows.changes import sources, words
from overviews.rows.changes.lines import About
from overviews.rows.words import joined
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest
from schools.models import Role
from students.models import Assignment, Case, Referral, Student
from students.views.rows import is_sealed, name_of
from visits.models import Contact
from visits.services import all_contacts, parts_of

WITH_STUDENT = ("student__identity", "student__school")


@require_safe
def student_changes(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = get_object_or_404(Student.objects.visible_to(request.user).with_names(), public_id=public_id)
    if request.user.acting.role not in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
        raise PermissionDenied
    return _of_student(request, student, sources.of_student(student, request.user), "student", "")


@require_safe
def case_changes(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).select_related(*WITH_STUDENT)
    case = get_object_or_404(cases, public_id=public_id)
    what = str(words.SUBJECT_WORDS["case"])
    return _of_student(request, case.student, sources.of_case(case, request.user), "case", what)


@require_safe
def assignment_changes(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    assignments = Assignment.objects.visible_to(request.user).select_related(*WITH_STUDENT, "supporter__user")
    assignment = get_object_or_404(assignments, public_id=public_id)
    changes = sources.of_assignment(assignment, request.user)
    what = f"{words.SUBJECT_WORDS['assignment']} {assignment.supporter.user.name}"
    return _of_student(request, assignment.student, changes, "assignment", what)


@require_safe
def referral_changes(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    referrals = Referral.objects.visible_to(request.user).select_related("student")
    referral = get_object_or_404(referrals, public_id=public_id)
    # School staff follow what comes of it; the rest is the coordinators' work.
    is_staff = request.user.acting.role == Role.SCHOOL_STAFF
    only = frozenset({"status"}) if is_staff else None
    about = About(("referral",), hides_schools=is_sealed(referral), only=only)
    return _page(
        request,
        sources.of_referral(referral, request.user),
        about,
        students=[referral.student] if referral.student else [],
        lead=name_of(referral),
        back=(reverse("students:referral_detail", args=[referral.public_id]), _("The referral")),
    )


@require_safe
def contact_changes(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    # A withdrawn one too: its author and the coordinator may read what came of it.
    contacts = all_contacts(by=request.user).select_related("school")
    contact = get_object_or_404(contacts, public_id=public_id)
    parts = parts_of(contact=contact, by=request.user)
    students = [part.student for part in parts.select_related(*WITH_STUDENT).order_by("pk")]
    # None of its pupils is one's own any more: the contact is closed with them (TRUST T4).
    if not students and contact.head_count is None:
        raise Http404
    called = {student.pk: student.called_name for student in students}
    return _page(
        request,
        sources.of_contact(contact, request.user),
        About(("contact", "participation"), called=called if len(called) > 1 else {}),
        students=students,
        lead=joined(", ".join(called.values()), short_moment(contact.occurred_at)),
        back=_student_page(students[0]) if students else _heads_page(request.user, contact),
    )


def _heads_page(user: User, contact: Contact) -> tuple[str, str]:
    """Where a contact without names stands: for coordinators on the school's page."""
    if user.acting.role == Role.COORDINATOR and contact.school is not None:
        return reverse("overviews:school_detail", args=[contact.school.public_id]), contact.school.name
    return reverse("overviews:my_day"), _("My day")


def _of_student(
    request: AuthenticatedHttpRequest, student: Student, changes: Sequence[Any], main: str, what: str
) -> HttpResponse:
    """`what` says which part of the pupil's support the page is about, if not all."""
    place = student.place_label or request.user.acting.organisation_name
    return _page(
        request,
        changes,
        About((main,), hides_schools=student.is_protected),
        students=[student],
        lead=joined(what, student.name, place),
        back=_student_page(student),
    )


def _student_page(student: Student) -> tuple[str, str]:
    return reverse("overviews:student_detail", args=[student.public_id]), _("The pupil's page")


def _page(
    request: AuthenticatedHttpRequest,
    changes: Sequence[Any],
    about: About,
    *,
    students: Sequence[Student],
    lead: str,
    back: tuple[str, str],
) -> HttpResponse:
    user: User = request.user
    page = rows.load(changes, request.GET.get("after"))
    name = f"overviews:{about.subjects[0]}_changes"
    record_reads(by=user, page=name, students=students, request_id=request.request_id)
    back_url, back_label = back
    context = {
        "acts": rows.acts(page.rows, about, user),
        "lead": lead,
        "is_protected": about.hides_schools,
        "back_url": back_url,
        "back_label": back_label,
        **paging(request, page),
    }
    return render(request, "overviews/changes.html", context)
