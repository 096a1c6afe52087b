"""What is done on a visit: each a POST, answered only when it is saved. Three of them need no session."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from peersupport.lib.dates import clock
from peersupport.lib.http import AuthenticatedHttpRequest, whole_page
from safety import services
from safety.models import HomeVisit
from safety.views.holding import by_session_or_key, find_visit
from safety.visit_cookie import forget_key, keep_key
from visits.models import Booking

LONGEST_SAID = 720


def _page(visit: HomeVisit, by: User | None) -> str:
    """Where one goes on: the visit's page, or the small one that the key opens."""
    return reverse("safety:visit_detail", args=[visit.public_id]) if by else reverse("safety:visit_key")


def _on(request: HttpRequest, visit: HomeVisit, by: User | None) -> HttpResponse:
    """On to the visit's page; the phone of the one who is signed in holds its key from now on."""
    response = redirect(_page(visit, by))
    if by is not None:
        keep_key(request, response, visit, by)
    return whole_page(request, response)


@require_POST
def visit_leave(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    visit = find_visit(request, public_id)
    try:
        visit = services.leave(visit=visit, by=request.user)
    except services.NotRiskChecked:
        return _first_the_risk(request, visit)
    except services.VisitOver:
        return _over(request, visit)
    return _on(request, visit, request.user)


@require_POST
def visit_check_in(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    visit = find_visit(request, public_id)
    said = request.POST.get("minutes", "")
    minutes = int(said) if said.isascii() and said.isdigit() and 0 < int(said[:4]) <= LONGEST_SAID else None
    try:
        visit = services.check_in(visit=visit, by=request.user, minutes=minutes)
    except services.NotRiskChecked:
        return _first_the_risk(request, visit)
    except services.VisitOver:
        return _over(request, visit)
    return _on(request, visit, request.user)


@by_session_or_key
@require_POST
def visit_extend(request: HttpRequest, visit: HomeVisit, by: User | None) -> HttpResponse:
    shown_end = _moment(request.POST.get("end", ""))
    try:
        visit = services.extend(visit=visit, by=by, shown_end=shown_end)
    except services.VisitTooLong:
        messages.warning(request, _("A visit lasts at most twelve hours."))
    except services.NotCheckedIn:
        messages.warning(request, _("You have not checked in yet."))
    except services.VisitOver:
        return _over(request, visit)
    else:
        end = clock(visit.expected_end_at) if visit.expected_end_at else ""
        messages.success(request, _("Saved: done about %(time)s.") % {"time": end})
    return _on(request, visit, by)


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


@by_session_or_key
@require_POST
def visit_finish(request: HttpRequest, visit: HomeVisit, by: User | None) -> HttpResponse:
    try:
        is_help_called = services.finish(visit=visit, by=by)
    except services.NotCheckedIn:
        messages.warning(request, _("You have not checked in yet."))
        return _on(request, visit, by)
    messages.success(request, _("The visit is over. Good."))
    if is_help_called:
        messages.info(request, _("Those who have been rung close the rest, and get in touch with you."))
    response = redirect(_afterwards(visit, by) if by else reverse("safety:visit_over"))
    forget_key(response)
    return whole_page(request, response)


def _afterwards(visit: HomeVisit, by: User) -> str:
    """Ny kontakt with what was booked, while it is still to be noted."""
    planned = Booking.objects.visible_to(by).planned().filter(pk=visit.booking_id)
    booking = planned.select_related("student").first()
    if booking is None:
        return _page(visit, by)
    new = reverse("visits:contact_create")
    return f"{new}?student={booking.student.public_id}&booking={booking.public_id}"


@by_session_or_key
@require_POST
def visit_help(request: HttpRequest, visit: HomeVisit, by: User | None) -> HttpResponse:
    """Calls for help. What the screen says tells nobody nearby, and nothing there takes it back."""
    services.ask_for_help(visit=visit, by=by)
    messages.success(request, _("Noted."))
    return (
        _on(request, visit, by) if visit.ended_at is None else whole_page(request, redirect(_page(visit, by)))
    )


@require_POST
def visit_not_made(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    visit = services.not_made(visit=find_visit(request, public_id), by=request.user)
    messages.success(request, _("Noted: no visit was made."))
    response = redirect(_page(visit, request.user))
    forget_key(response)
    return whole_page(request, response)


def _first_the_risk(request: AuthenticatedHttpRequest, visit: HomeVisit) -> HttpResponse:
    messages.warning(request, _("First the risk check: it is made before each visit."))
    booking = Booking.objects.visible_to(request.user).filter(pk=visit.booking_id).first()
    to = reverse("safety:risk_check", args=[booking.public_id]) if booking else _page(visit, request.user)
    return whole_page(request, redirect(to))


def _over(request: HttpRequest, visit: HomeVisit) -> HttpResponse:
    messages.info(request, _("The visit has been ended already."))
    return whole_page(request, redirect("safety:visit_detail", visit.public_id))
