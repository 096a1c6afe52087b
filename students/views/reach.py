"""Hör av dig: the pupil's number, opened to ring or write at once, from a row or on a page of its own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.views.answers import student_page
from students.views.rows import place_label
from students.views.students import find_student, show_student_form

REASON = "reach_student"  # of ADDRESS_REASONS: who gets in touch need not choose it


@require_safe_or_post
@vary_on_headers("HX-Request")
def reach(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Shows the number once, by POST and logged; of a protected pupil only while the name is open."""
    student = find_student(request, public_id, Role.COORDINATOR, Role.PEER_SUPPORTER)
    is_shut = student.is_protected and services.opened_identity(student=student) is None
    if request.method != "POST" or is_shut:
        return show_student_form(request, "students/reach.html", student, is_shut=is_shut)
    opened = services.open_whereabouts(student=student, reason=REASON)
    context = {
        "student": student,
        "opened": opened,
        "links": services.links_to(opened.phone, sender=request.user.given_name),
        "place": place_label(student, request.user),
        "back_url": student_page(student),
        "contact_student": student.public_id,
    }
    if "HX-Request" in request.headers:
        return render(request, "students/_reach_opened.html", context)
    return render(request, "students/reach_opened.html", context)
