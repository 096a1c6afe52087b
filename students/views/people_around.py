"""The people and functions around a pupil: added, changed, ended, and which of them to ring first."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from operations.services import SameKeyOtherForm
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import EndPersonForm, PersonAroundForm
from students.models import PersonAround, PersonKind
from students.views.answers import both_texts, save_once, sent_already, student_page
from students.views.students import find_student, show_student_form

SUPPORT = (Role.COORDINATOR, Role.PEER_SUPPORTER)


def _only_own(request: AuthenticatedHttpRequest) -> bool:
    return request.user.acting.role == Role.PEER_SUPPORTER


@require_safe_or_post
def person_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id, *SUPPORT)
    form = PersonAroundForm(request.POST or None, only_own=_only_own(request), initial={"form_key": uuid4()})
    form.fields["form_key"].required = True
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.add_person(student=student, by=request.user, fields=form.columns)
            return student_page(student)

        try:
            path = save_once(request, form.cleaned_data["form_key"], save)
        except SameKeyOtherForm:
            return sent_already(request, student_page(student))
        messages.success(request, _("The person is saved."))
        return redirect(path)
    return show_student_form(request, "students/person_create.html", student, form=form)


@require_safe_or_post
def person_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    person = _find_person(request, public_id)
    form = _form(request, person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_person(
                person=person,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                fields=form.columns,
            )
        except services.EditConflict:
            return _show_both(request, person, form)
        messages.success(request, _("The person is saved."))
        return redirect(student_page(person.student))
    return show_student_form(request, "students/person_edit.html", person.student, form=form, person=person)


def _form(request: AuthenticatedHttpRequest, person: PersonAround, data: Any = None) -> PersonAroundForm:
    return PersonAroundForm(
        data, instance=person, only_own=_only_own(request), initial={"version": person.version}
    )


def _find_person(request: AuthenticatedHttpRequest, public_id: UUID) -> PersonAround:
    """404 when unseen, 403 when another's to change."""
    people: Any = PersonAround.objects.visible_to(request.user)
    people = people.select_related("student__school", "student__identity")
    person: PersonAround = get_object_or_404(people, public_id=public_id)
    if _only_own(request) and person.kind != PersonKind.OWN:
        raise PermissionDenied
    return person


def _show_both(
    request: AuthenticatedHttpRequest, person: PersonAround, form: PersonAroundForm
) -> HttpResponse:
    current = _find_person(request, person.public_id)
    return both_texts(
        request,
        student=person.student,
        mine=form,
        saved=_form(request, current),
        version=current.version,
        back=student_page(person.student),
    )


@require_safe_or_post
def person_end(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    person = _find_person(request, public_id)
    form = EndPersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        services.end_person(person=person, by=request.user, last_day=form.cleaned_data["last_day"])
        messages.success(request, _("Saved. The person now stands among the earlier ones."))
        return redirect(student_page(person.student))
    return show_student_form(request, "students/person_end.html", person.student, form=form, person=person)


@require_POST
def person_first_contact(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    person = _find_person(request, public_id)
    if _only_own(request):
        raise PermissionDenied
    services.mark_first_contact(person=person, by=request.user)
    messages.success(request, _("Saved. This is whom to turn to first."))
    return redirect(student_page(person.student))
