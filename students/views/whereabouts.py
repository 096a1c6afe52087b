"""Address and phone: opened for a reason, shown once, written without being seen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import ADDRESS_REASONS, OpeningForm, WhereaboutsForm
from students.views.answers import student_page
from students.views.rows import place_label
from students.views.students import find_student, show_student_form


@require_safe_or_post
def whereabouts(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id, Role.COORDINATOR, Role.PEER_SUPPORTER)
    form = OpeningForm(request.POST or None, reasons=ADDRESS_REASONS)
    is_shut = student.is_protected and services.opened_identity(student=student) is None
    if request.method == "POST" and not is_shut and form.is_valid():
        opened = services.open_whereabouts(student=student, reason=form.logged_reason)
        context = {
            "student": student,
            "opened": opened,
            "place": place_label(student, request.user),
            "back_url": student_page(student),
            "can_edit": request.user.acting.role == Role.COORDINATOR,
        }
        return render(request, "students/whereabouts_opened.html", context)
    return show_student_form(request, "students/whereabouts.html", student, form=form, is_shut=is_shut)


@require_safe_or_post
def whereabouts_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    form = WhereaboutsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        clear = fields.pop("clear")
        services.write_whereabouts(student=student, by=request.user, fields=fields, clear=clear)
        messages.success(request, _("Address and phone are saved."))
        return redirect(student_page(student))
    return show_student_form(request, "students/whereabouts_edit.html", student, form=form)
