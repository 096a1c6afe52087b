"""Kalender: a week, or the same week as a list."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from overviews.rows.calendar import MOST, Entry, days_of, entries_of, week_name, week_of, week_token
from peersupport.lib.dates import monday_of, today
from peersupport.lib.http import AuthenticatedHttpRequest, requires, uuid_or_none
from schools.models import Role
from supporters.models import PeerSupporter

LIST = "list"


@require_safe
@requires(Role.PEER_SUPPORTER, Role.COORDINATOR)
def calendar(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own week; a coordinator's is everybody's, or that of whom they choose."""
    monday = week_of(request.GET.get("week", ""))
    supporters, chosen = _whose(request)
    entries = entries_of(request.user, monday, chosen)
    _log(request, entries)
    is_coordinator = request.user.acting.role == Role.COORDINATOR
    is_list = request.GET.get("view") == LIST or (is_coordinator and chosen is None)
    days = days_of(request.user, monday, entries)
    context = {
        "week_name": week_name(monday),
        "week": week_token(monday),
        "days": [day for day in days if not day.is_empty] if is_list else days,
        "is_empty": not entries,
        "is_list": is_list,
        "is_full": len(entries) >= MOST,
        "is_coordinator": is_coordinator,
        "supporters": supporters,
        "chosen": chosen,
        "can_book": bool(chosen) or not is_coordinator,
        **_ways(monday, chosen, is_list=request.GET.get("view") == LIST),
    }
    return render(request, "overviews/calendar.html", context)


def _whose(request: AuthenticatedHttpRequest) -> tuple[list[PeerSupporter], PeerSupporter | None]:
    """Whom a coordinator can choose, and who is chosen; 404 for one they do not see."""
    if request.user.acting.role != Role.COORDINATOR:
        return [], None
    supporters = list(PeerSupporter.objects.visible_to(request.user).with_people())
    asked = request.GET.get("supporter", "")
    if not asked:
        return supporters, None
    wanted = uuid_or_none(asked)
    chosen = next((one for one in supporters if one.public_id == wanted), None)
    if chosen is None:
        raise Http404
    return supporters, chosen


def _log(request: AuthenticatedHttpRequest, entries: list[Entry]) -> None:
    shown = {one.student.pk: one.student for one in entries if one.student}
    record_reads(
        by=request.user,
        page="overviews:calendar",
        students=list(shown.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )


def _ways(monday: date, chosen: PeerSupporter | None, *, is_list: bool) -> dict[str, Any]:
    """The addresses of the weeks around, of this one, and of the other view."""
    kept = ({"supporter": str(chosen.public_id)} if chosen else {}) | ({"view": LIST} if is_list else {})
    weeks = {
        "before_url": monday - timedelta(days=7),
        "after_url": monday + timedelta(days=7),
        "this_url": monday_of(today()),
    }
    other = {key: value for key, value in kept.items() if key != "view"} | ({} if is_list else {"view": LIST})
    ways = {name: _url({"week": week_token(week), **kept}) for name, week in weeks.items()}
    booking = {"supporter": str(chosen.public_id)} if chosen else {}
    return {
        **ways,
        "other_view_url": _url({"week": week_token(monday), **other}),
        "is_this_week": monday == monday_of(today()),
        "book_query": urlencode(booking),
    }


def _url(query: dict[str, str]) -> str:
    return f"{reverse('overviews:calendar')}?{urlencode(query)}"
