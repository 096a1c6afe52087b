"""Tasks: a new one, a change, done, and not done after all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services import record_reads
from peersupport.lib.forms import conflict
from peersupport.lib.http import (
    AuthenticatedHttpRequest,
    require_safe_or_post,
    requires,
    uuid_or_none,
    way_back,
)
from schools.models import Role
from students.models import Student
from visits import services
from visits.forms import TaskEditForm, TaskForm
from visits.models import Task
from visits.views.answered import answered

HAVE_TASKS = (Role.COORDINATOR, Role.PEER_SUPPORTER)


@require_safe_or_post
@requires(*HAVE_TASKS)
def task_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new task, for oneself or another; about a pupil when one comes from the pupil's page."""
    student = _asked_student(request)
    owners = services.task_owners(student=student)
    form = TaskForm(request.POST or None, owners=owners, user=request.user)
    back = _back(student)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data

        def save() -> str:
            services.create_task(
                by=request.user,
                title=cleaned["title"],
                due_on=cleaned["due_on"],
                owner=form.chosen_owner(),
                student=student,
            )
            return back

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, _("The task is saved."))
            return redirect(answer)
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return _show(request, "visits/task_create.html", student, status=status, form=form, back_url=back)


def _asked_student(request: AuthenticatedHttpRequest) -> Student | None:
    sent = request.POST if request.method == "POST" else request.GET
    if not sent.get("student"):
        return None
    public_id = uuid_or_none(sent["student"])
    if public_id is None:
        raise Http404
    students = Student.objects.visible_to(request.user).with_names()
    student: Student = get_object_or_404(students, public_id=public_id)
    return student


def _back(student: Student | None) -> str:
    if student is None:
        return reverse("overviews:task_list")
    return reverse("overviews:student_detail", args=[student.public_id])


def _show(
    request: AuthenticatedHttpRequest, template: str, student: Student | None, *, status: int, **context: Any
) -> HttpResponse:
    """The form, with the pupil it is about; that is logged."""
    if student is not None:
        record_reads(
            by=request.user,
            page=f"visits:{request.resolver_match.url_name}" if request.resolver_match else "",
            students=[student],
            request_id=request.request_id,
        )
    return render(request, template, context | {"student": student}, status=status)


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> Task:
    tasks = Task.objects.visible_to(request.user).select_related(
        "owner", "student__identity", "student__school"
    )
    return get_object_or_404(tasks, public_id=public_id)


@require_safe_or_post
def task_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a task: whoever made it, and the coordinators of the pupil's school."""
    task = _find(request, public_id)
    is_coordinators = request.user.acting.role == Role.COORDINATOR and task.student_id is not None
    if task.made_by_id != request.user.pk and not is_coordinators:
        raise PermissionDenied
    owners = TaskEditForm.owners_of(task, services.task_owners(student=task.student))
    start = TaskEditForm.values_of(task)
    form = TaskEditForm(request.POST or None, initial=start, owners=owners, user=request.user)
    back = _back(task.student)
    if request.method == "POST" and form.is_valid():
        stored = TaskEditForm(initial=start, owners=owners, user=request.user)
        return _edit(request, task, form, stored=stored, back=back)
    return _show(request, "visits/task_edit.html", task.student, status=200, form=form, back_url=back)


def _edit(
    request: AuthenticatedHttpRequest, task: Task, form: TaskEditForm, *, stored: TaskEditForm, back: str
) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        services.edit_task(
            task=task,
            by=request.user,
            version=cleaned["version"] or 0,
            title=cleaned["title"],
            due_on=cleaned["due_on"],
            owner_id=form.chosen_owner().pk,
        )
    except services.Overtaken:
        return conflict(request, form=form, stored=stored, version=task.version, cancel_url=back)
    except services.WrongOwner:
        form.add_error("owner", _("This person cannot have the task. Choose another."))
        return _show(request, "visits/task_edit.html", task.student, status=200, form=form, back_url=back)
    messages.success(request, _("The task is saved."))
    return redirect(back)


@require_POST
def task_done(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap; the message offers to undo it."""
    task = _find(request, public_id)
    services.finish_task(task=task, by=request.user)
    undo = reverse("visits:task_reopen", args=[task.public_id])
    return answered(
        request, _("The task is done."), undo=undo, back=way_back(request, reverse("overviews:task_list"))
    )


@require_POST
def task_reopen(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: it is to be done again."""
    task = _find(request, public_id)
    services.reopen_task(task=task, by=request.user)
    back = way_back(request, reverse("overviews:task_list"))
    return answered(request, _("The task is to be done again."), back=back)


@require_POST
def task_take_back(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo of giving: whoever gave it wants it no more, so nobody has it to do."""
    task = _find(request, public_id)
    if task.made_by_id != request.user.pk:
        raise PermissionDenied
    services.finish_task(task=task, by=request.user)
    back = way_back(request, reverse("overviews:task_list"))
    return answered(request, _("It is taken back. Nobody has it to do any more."), back=back)
