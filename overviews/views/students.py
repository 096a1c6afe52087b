"""Elever: the list with its filters, and the search by name."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import AccessLogAction
from accounts.services import last_used_path, record_reads
from overviews.forms import StudentFilterForm
from overviews.pages_of_lists import paging
from overviews.rows import students as rows
from overviews.search import search_students
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from peersupport.navigation import scope_label
from schools.models import Role
from students.forms import NameSearchForm

PAGE = 30


@require_safe
@vary_on_headers("HX-Request")
@requires(Role.COORDINATOR, Role.PEER_SUPPORTER)
def student_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The pupils of one's scope, narrowed by what stands in the address."""
    if last_used := last_used_path(request, "students"):
        return redirect(last_used)
    user = request.user
    form = StudentFilterForm(request.GET, user=user)
    filters = form.filters()
    students = rows.narrowed(rows.listed(user), filters, user).only(*rows.COLUMNS)
    page = keyset_page(students, request.GET.get("after"), size=PAGE, key=("list_key", "pk"))
    _record(request, page.rows, AccessLogAction.LIST, filters.names)
    is_filtered = bool(filters.names)
    context = {
        "rows": rows.student_rows(page.rows, user),
        "result_text": rows.result_text(
            len(page.rows), has_more=bool(page.next_token), is_first=page.is_first
        ),
        "clear_url": "",
        "is_search": False,
        "is_filtered": is_filtered,
        **paging(request, page),
        "has_supporters": user.acting.role == Role.COORDINATOR,
        "filter_form": form,
        "search_form": NameSearchForm(),
    }
    if "HX-Request" in request.headers:
        return render(request, "overviews/_student_list.html", context)
    return _page(request, context)


@require_POST
@requires(Role.COORDINATOR, Role.PEER_SUPPORTER)
def student_search(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The pupils whose names are like what was typed; the words go into no address and no log."""
    user = request.user
    form = NameSearchForm(request.POST)
    students: list[Any] = []
    has_more = False
    if form.is_valid():
        students, has_more = search_students(form.cleaned_data["words"], user)
    _record(request, students, AccessLogAction.SEARCH, "name")
    context = {
        "rows": rows.student_rows(students, user),
        "is_search": True,
        "is_filtered": False,
        "newer_url": "",
        "older_url": "",
        "result_text": _found(len(students), has_more=has_more) if form.is_valid() else "",
        "clear_url": reverse("overviews:student_list"),
        "has_supporters": user.acting.role == Role.COORDINATOR,
        "filter_form": StudentFilterForm({}, user=user),
        "search_form": form,
    }
    return _page(request, context)


def _page(request: AuthenticatedHttpRequest, context: dict[str, Any]) -> HttpResponse:
    context["scope_text"] = _("Shows pupils in %(scope)s") % {"scope": scope_label(request.user.acting)}
    if request.user.acting.role == Role.PEER_SUPPORTER:
        context["scope_text"] = _("Shows the pupils you support today")
    return render(request, "overviews/student_list.html", context)


def _found(count: int, *, has_more: bool) -> str:
    if has_more:
        return _("More than 50. Write more of the name.")
    return rows.result_text(count, has_more=False, is_first=True)


def _record(
    request: AuthenticatedHttpRequest, students: list[Any], action: AccessLogAction, filter_name: str
) -> None:
    is_search = action == AccessLogAction.SEARCH
    record_reads(
        by=request.user,
        page="overviews:student_search" if is_search else "overviews:student_list",
        students=students,
        action=action,
        filter_name=filter_name,
        request_id=request.request_id,
    )
