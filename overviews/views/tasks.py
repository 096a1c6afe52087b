"""Uppgifter: mine, those that are late, those I have given, those that are done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from overviews.pages_of_lists import paging
from overviews.rows.tasks import task_rows
from peersupport.lib.dates import today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role
from visits.models import Task

PAGE_SIZE = 30
BY_DAY, LATEST_DONE = ("due_on", "pk"), ("-done_at", "-pk")
MINE, LATE, GIVEN, DONE = "mine", "late", "given", "done"
PARTS = {MINE: _("Mine"), LATE: _("Late"), GIVEN: _("Given by me"), DONE: pgettext_lazy("tasks", "Done")}


@require_safe
@requires(Role.COORDINATOR, Role.PEER_SUPPORTER)
def task_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One part of one's tasks: `?show=mine`, late, given or done."""
    asked = request.GET.get("show", MINE)
    show = asked if asked in PARTS else MINE
    key = LATEST_DONE if show == DONE else BY_DAY
    page = keyset_page(_tasks(request, show), request.GET.get("after"), size=PAGE_SIZE, key=key)
    record_reads(
        by=request.user,
        page="overviews:task_list",
        students=list({task.student.pk: task.student for task in page.rows if task.student}.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "rows": task_rows(page.rows, request.user),
        "parts": PARTS.items(),
        "show": show,
        "back": request.get_full_path(),
        **paging(request, page),
    }
    return render(request, "overviews/task_list.html", context)


def _tasks(request: AuthenticatedHttpRequest, show: str) -> Any:
    user = request.user
    tasks: Any = Task.objects.visible_to(user).select_related(
        "owner", "made_by", "student__identity", "student__school"
    )
    if show == DONE:
        return (tasks.owned_by(user) | tasks.filter(made_by=user)).done()
    if show == GIVEN:
        given = tasks.given_by(user).open()
        return given.with_is_seen() if user.acting.role == Role.COORDINATOR else given
    mine = tasks.owned_by(user).open()
    return mine.filter(due_on__lt=today()) if show == LATE else mine
