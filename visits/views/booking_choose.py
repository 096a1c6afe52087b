"""Whom a booking is with, when the day is chosen first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest, requires, uuid_or_none
from peersupport.lib.urls import prefix
from schools.models import Role
from visits import services
from visits.forms import asked_day


@require_safe
@requires(Role.PEER_SUPPORTER, Role.COORDINATOR)
def booking_choose(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own pupils; a coordinator's, those of the peer supporter named (`?supporter=`, else none)."""
    supporter = uuid_or_none(request.GET.get("supporter"))
    students = services.pupils_to_book(by=request.user, supporter=supporter)
    record_reads(
        by=request.user,
        page="visits:booking_choose",
        students=students,
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    day = asked_day(request.GET.get("on", ""))
    query = f"?on={day.isoformat()}" if day else ""
    book = prefix("visits:booking_create")
    rows: list[dict[str, Any]] = [
        {"name": one.name, "is_protected": one.is_protected, "url": book(one.public_id) + query}
        for one in students
    ]
    context = {"rows": rows, "day": day, "calendar_url": reverse("overviews:calendar")}
    return render(request, "visits/booking_choose.html", context)
