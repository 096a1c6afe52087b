"""Protected pupils: the mark, and who may open the name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from peersupport.lib.dates import clock
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import NAME_REASONS, NamedPersonForm, OpeningForm, ProtectionForm
from students.models import NamedPerson, Protection, ProtectionChange, Student
from students.views.answers import both_texts, student_page
from students.views.students import find_student, show_student_form


@require_safe_or_post
def protection_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    form = ProtectionForm(request.POST or None, student=student)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        if "confirmed" not in request.POST:
            return _ask_to_confirm(request, student, form)
        try:
            _change(request, student, form)
        except services.EditConflict:
            return _show_both(request, student, form)
        messages.success(request, _("The protection is changed. It applies everywhere from now on."))
        return redirect("students:protection_edit", student.public_id)
    people = NamedPerson.objects.visible_to(request.user).filter(student=student).select_related("user")
    changes = ProtectionChange.objects.visible_to(request.user).filter(student=student)
    return show_student_form(
        request,
        "students/protection_edit.html",
        student,
        form=form,
        people=people.order_by("user__family_name", "user__given_name"),
        changes=changes.select_related("changed_by")[:10],
    )


def _change(request: AuthenticatedHttpRequest, student: Student, form: ProtectionForm) -> None:
    data = form.cleaned_data
    services.change_protection(
        student=student,
        by=request.user,
        version=data["version"],
        level=data["level"],
        reason=data["reason"],
        name_me=data.get("name_me", False),
    )


def _ask_to_confirm(
    request: AuthenticatedHttpRequest, student: Student, form: ProtectionForm
) -> HttpResponse:
    typed = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    level = Protection(form.cleaned_data["level"])
    context = {
        "typed": typed,
        "marks": form.marks,
        "lifts": level == Protection.NONE,
        "level": capfirst(level.label),
        "before": capfirst(student.get_protection_display()),
        "names_me": form.cleaned_data.get("name_me", False),
    }
    return show_student_form(request, "students/protection_confirm.html", student, **context)


def _show_both(request: AuthenticatedHttpRequest, student: Student, form: ProtectionForm) -> HttpResponse:
    current = find_student(request, student.public_id)
    if current.protection == form.cleaned_data["level"]:
        messages.info(request, _("Someone else has just set the same protection."))
        return redirect("students:protection_edit", student.public_id)
    # Posted again it stands without `confirmed`, so the choice is asked about once more.
    return both_texts(
        request,
        student=student,
        mine=form,
        saved=ProtectionForm(student=current),
        version=current.version,
        back=student_page(student),
        only_mine=("reason", "name_me"),
    )


@require_safe_or_post
def identity_open(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id, Role.COORDINATOR, Role.PEER_SUPPORTER)
    if not student.is_protected:
        return redirect(student_page(student))
    form = OpeningForm(request.POST or None, reasons=NAME_REASONS)
    if request.method == "POST" and form.is_valid():
        page = request.build_absolute_uri(reverse("students:opening_list"))
        if services.open_identity(student=student, reason=form.logged_reason, page=page):
            return redirect("students:identity_open", student.public_id)
        form.add_error(None, _("You are not among those who may open this name. Ask your coordinator."))
    opened = services.opened_identity(student=student)
    return show_student_form(
        request,
        "students/identity_open.html",
        student,
        form=form,
        opened=opened,
        open_until=clock(opened.open_until) if opened else "",
        guardians=services.opened_guardians(student=student) if opened else [],
        people=services.opened_people(student=student) if opened else [],
        can_edit=request.user.acting.role == Role.COORDINATOR,
    )


@require_safe_or_post
def named_person_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    form = NamedPersonForm(request.POST or None, user=request.user, student=student)
    if request.method == "POST" and form.is_valid():
        services.name_person(student=student, person=form.chosen, by=request.user)
        text = _("%(name)s may now open the pupil's name.")
        messages.success(request, text % {"name": form.chosen.name})
        return redirect("students:protection_edit", student.public_id)
    return show_student_form(request, "students/named_person_create.html", student, form=form)


@require_safe_or_post
def named_person_remove(request: AuthenticatedHttpRequest, public_id: UUID, user_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    people = NamedPerson.objects.visible_to(request.user).filter(student=student).select_related("user")
    named = get_object_or_404(people, user__public_id=user_id)
    if request.method == "POST":
        services.remove_named_person(student=student, person=named.user, by=request.user)
        text = _("%(name)s can no longer open the pupil's name.")
        messages.success(request, text % {"name": named.user.name})
        return redirect("students:protection_edit", student.public_id)
    return show_student_form(
        request,
        "students/named_person_remove.html",
        student,
        person=named.user,
        cancel_url=reverse("students:protection_edit", args=[student.public_id]),
    )
