"""Byt skola: where to and from when, what follows, and the hand-over to another coordinator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.services import record_reads
from operations.services import SameKeyOtherForm, answer_given
from peersupport.lib.dates import short_date, today
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from schools.models import Role, School
from students import services
from students.forms import SchoolChangeForm, SchoolMoveAnswerForm
from students.models import Assignment, SchoolMove, Student
from students.services import Consequences, NewPlace
from students.views.answers import save_once, sent_already, student_page
from students.views.students import find_student, show_student_form

MOST = 100
DONE = {
    "moved": _("The pupil's school is changed."),
    "planned": _("The change of school is planned. It happens by itself on that day."),
    "asked": _("A coordinator of the new school is asked. The pupil stays where they are until the answer."),
}


@require_safe_or_post
def school_change(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    key = uuid_or_none(request.POST.get("form_key"))
    if key and (done := answer_given(key=key, by=request.user, body=request.POST)):
        return redirect(done)  # the pupil may be out of sight by now
    student = find_student(request, public_id)
    # Which school a protected pupil goes to is shown and changed only while the name is open (DOMAIN §4).
    is_shut = student.is_protected and services.opened_identity(student=student) is None
    pending = None if is_shut else services.pending_move(student=student, by=request.user)
    if is_shut or pending:
        row = move_row(pending, request) if pending else None
        return show_student_form(
            request,
            "students/school_change.html",
            student,
            form=None,
            is_shut=is_shut,
            pending=row,
            declined=None,
        )
    holding = Assignment.objects.visible_to(request.user).not_over().filter(student=student)
    form = SchoolChangeForm(
        request.POST or None, user=request.user, student=student, has_support=holding.exists()
    )
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        if "confirmed" not in request.POST:
            return _ask_to_confirm(request, student, form)
        if answer := _change(request, student, form):
            return answer
    return show_student_form(
        request,
        "students/school_change.html",
        student,
        form=form,
        is_shut=False,
        pending=None,
        declined=services.declined_move(student=student, by=request.user),
    )


def _ask_to_confirm(
    request: AuthenticatedHttpRequest, student: Student, form: SchoolChangeForm
) -> HttpResponse:
    data = form.cleaned_data
    follows = services.consequences(student=student, to=data["school"], by=request.user)
    context = {
        "typed": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
        "where": data["school"].name if data["school"] else data["left_for"] or _("a school outside"),
        "day": short_date(data["valid_from"]),
        "what_follows": _what_follows(data, follows, ends=form.ends_support),
    }
    return show_student_form(request, "students/school_change_confirm.html", student, **context)


def _what_follows(data: dict[str, Any], follows: Consequences, *, ends: bool) -> list[str]:
    """What the change brings with it, in sentences; said before anything is saved."""
    day, lines = short_date(data["valid_from"]), []
    if follows.needs_answer:
        lines.append(
            _("You do not coordinate that school. A coordinator there is asked first, by alias only.")
        )
    if data["valid_from"] > today():
        lines.append(_("Nothing changes before %(day)s. You can call it off until then.") % {"day": day})
    if data["school"] is None:
        lines.append(_("The record stays with you. It says that the pupil has left the school."))
    if follows.loses:
        lines.append(_("No longer see the pupil: %(names)s.") % {"names": ", ".join(follows.loses)})
    if follows.gains:
        lines.append(_("See the pupil from then on: %(names)s.") % {"names": ", ".join(follows.gains)})
    lines += _of_supporters(data["school"], follows, ends=ends)
    return lines


def _of_supporters(school: School | None, follows: Consequences, *, ends: bool) -> list[str]:
    lines = []
    for name, is_placed in follows.supporters:
        if ends:
            text = _(
                "%(name)s's assignment ends that day, and the access with it. "
                "What is booked after that is cancelled."
            )
            lines.append(text % {"name": name})
        elif school is None or is_placed:
            lines.append(_("%(name)s goes on with the pupil.") % {"name": name})
        else:
            lines.append(
                _("%(name)s goes on with the pupil, but is not placed at the new school.") % {"name": name}
            )
    if ends and school is None:
        lines.append(_("The support period is closed."))
    elif ends:
        lines.append(_("The pupil waits for a new peer supporter at the new school."))
    return lines


def _change(
    request: AuthenticatedHttpRequest, student: Student, form: SchoolChangeForm
) -> HttpResponse | None:
    """Where to go when it is done or cannot be done; None when the form has to be filled in differently."""
    here = reverse("students:school_change", args=[student.public_id])
    said: list[str] = []
    try:
        path = save_once(request, form.cleaned_data["form_key"], lambda: _save(request, student, form, said))
    except SameKeyOtherForm:
        return sent_already(request, student_page(student))
    except services.EnrolmentTooEarly:
        form.add_error(
            "valid_from", _("A later change of school or grade is saved already. Choose a later day.")
        )
        return None
    except services.EditConflict:
        text = _(
            "The pupil's details have been changed meanwhile. Nothing is changed. Look through them again."
        )
        messages.warning(request, text)
        return redirect(here)
    except services.MovePlannedAlready:
        messages.warning(request, _("A change of school is planned already."))
        return redirect(here)
    except services.MoveGone:
        form.add_error("school", _("This school cannot be chosen. Choose another one."))
        return None
    for answer in said:
        messages.success(request, DONE[answer])
    return redirect(path)


def _save(
    request: AuthenticatedHttpRequest, student: Student, form: SchoolChangeForm, said: list[str]
) -> str:
    data = form.cleaned_data
    to = NewPlace(data["school"], data["left_for"], data["school_form"], data["grade"], data["valid_from"])
    answer = services.change_school(
        student=student, by=request.user, version=data["version"], to=to, ends_support=form.ends_support
    )
    said.append(answer)
    is_seen = answer != "moved" or to.school is None or to.school.pk in request.user.acting.schools
    return student_page(student) if is_seen else reverse("students:school_move_list")


def move_row(move: SchoolMove, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """One change of school that is not carried out, as lists and pages say it; the pupil by alias."""
    schools = request.user.acting.schools
    is_waiting = move.accepted_at is None
    return {
        "name": _("Pupil %(alias)s") % {"alias": move.alias},
        "is_protected": move.is_protected,
        "grade": capfirst(Student(grade=move.grade, school_form=move.school_form).grade_label),
        "to": move.to_school.name if move.to_school else move.left_for or _("a school outside"),
        "day": short_date(move.valid_from),
        "by": move.asked_by.name,
        "state": _("waits for an answer") if is_waiting else _("planned"),
        "answer_url": reverse("students:school_move_answer", args=[move.public_id])
        if is_waiting and move.to_school_id in schools
        else "",
        "cancel_url": reverse("students:school_move_cancel", args=[move.public_id])
        if move.school_id in schools
        else "",
    }


@require_safe
@requires(Role.COORDINATOR)
def school_move_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Changes of school that wait for an answer or for their day, out of one's schools and into them."""
    moves = SchoolMove.objects.visible_to(request.user).pending().select_related("to_school", "asked_by")
    found = list(moves[:MOST])
    record_reads(
        by=request.user,
        page="students:school_move_list",
        students=[_of_log(move) for move in found],
        request_id=request.request_id,
    )
    rows = [move_row(move, request) for move in found]
    context = {
        "to_answer": [row for row in rows if row["answer_url"]],
        "others": [row for row in rows if not row["answer_url"]],
    }
    return render(request, "students/school_move_list.html", context)


def _of_log(move: SchoolMove) -> Student:
    return Student(pk=move.student_id, school_id=move.school_id)


def _find_move(request: AuthenticatedHttpRequest, public_id: UUID) -> SchoolMove:
    moves = SchoolMove.objects.visible_to(request.user).select_related("to_school", "asked_by")
    return get_object_or_404(moves, public_id=public_id)


@require_safe_or_post
def school_move_answer(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Receive a pupil from a school one does not see, or decline."""
    move = _find_move(request, public_id)
    if move.to_school_id not in request.user.acting.schools:
        raise PermissionDenied
    form = SchoolMoveAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.answer_school_move(
                move=move,
                accept=form.cleaned_data["decision"] == "accept",
                answer=form.cleaned_data["answer"],
            )
        except services.MoveGone:
            messages.warning(request, _("This has been answered or called off meanwhile."))
        else:
            declined = _("You have declined. Whoever asked can read why.")
            messages.success(request, declined if done == "declined" else DONE[done])
        return redirect("students:school_move_list")
    record_reads(
        by=request.user,
        page="students:school_move_answer",
        students=[_of_log(move)],
        request_id=request.request_id,
    )
    context = {"form": form, "move": move_row(move, request), "is_open": _is_open(move)}
    return render(request, "students/school_move_answer.html", context)


def _is_open(move: SchoolMove) -> bool:
    return move.accepted_at is None and move.cancelled_at is None


@require_safe_or_post
def school_move_cancel(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Call off what is not carried out yet."""
    move = _find_move(request, public_id)
    if move.school_id not in request.user.acting.schools:
        raise PermissionDenied
    if request.method == "POST":
        try:
            services.cancel_school_move(move=move)
        except services.MoveGone:
            messages.warning(request, _("This has been answered or called off meanwhile."))
        else:
            messages.success(request, _("The change of school is called off."))
        return redirect("students:school_move_list")
    record_reads(
        by=request.user,
        page="students:school_move_cancel",
        students=[_of_log(move)],
        request_id=request.request_id,
    )
    return render(request, "students/school_move_cancel.html", {"move": move_row(move, request)})
