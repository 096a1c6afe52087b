"""A visit's own page with its log, today's visits, the address, and the end of a lost phone's key."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.services import record_reads
from peersupport.lib.dates import clock, short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.models import HomeVisit, VisitCompany
from safety.rows import how_they_go, log_rows, state_of, todays_visits
from safety.views.holding import find_visit
from safety.visit_cookie import forget_key
from schools.models import Organisation, Role
from visits.models import Booking


@require_safe
def visit_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    visit = _find(request, public_id)
    booking = _booking(request, visit)
    if booking:
        record_reads(
            by=request.user,
            page="safety:visit_detail",
            students=[booking.student],
            request_id=request.request_id,
        )
    phones = _phones(visit)
    opens, closes = services.address_opens(visit=visit, booking=booking) if booking else (None, None)
    is_mine = request.user.acting.role == Role.PEER_SUPPORTER
    back = "overviews:my_day" if is_mine else "safety:visit_list"
    context = {
        "back_url": reverse(back),
        "visit": visit,
        "booking": booking,
        "state": state_of(visit),
        "how": how_they_go(visit),
        "companion": _companion(visit),
        "log": log_rows(visit, request.user),
        "when": short_moment(booking.starts_at) if booking else "",
        "end": clock(visit.expected_end_at) if visit.expected_end_at else "",
        "is_mine": is_mine,
        "meets_elsewhere": booking
        and (booking.student.is_protected or visit.company == VisitCompany.ELSEWHERE),
        "opens": short_moment(opens) if opens else "",
        "is_near": opens and closes and opens <= timezone.now() <= closes,
        "phones": phones,
        "gap": services.gap_of(phones, among=[visit.supporter.user_id]),
        "is_watched": services.is_watched(),
    }
    return render(request, "safety/visit_detail.html", context)


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> HomeVisit:
    visits = HomeVisit.objects.visible_to(request.user).select_related("supporter__user")
    visit: HomeVisit = get_object_or_404(visits, public_id=public_id)
    return visit


def _booking(request: AuthenticatedHttpRequest, visit: HomeVisit) -> Booking | None:
    """None once the pupil is no longer the reader's: the visit is still to be ended."""
    bookings = Booking.objects.visible_to(request.user).select_related("student__identity")
    return bookings.filter(pk=visit.booking_id).first()


def _companion(visit: HomeVisit) -> str:
    if visit.companion_id is None:
        return ""
    return next((one.name for one in services.colleagues() if one.pk == visit.companion_id), "")


def _phones(visit: HomeVisit) -> list[services.OnDuty]:
    return services.duty_phones(Organisation(pk=visit.organisation_id), timezone.now())


@require_safe
@requires(Role.COORDINATOR)
def visit_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Hembesök i dag: who is where in the process. No pupil is on the page."""
    return render(request, "safety/visit_list.html", {"rows": todays_visits(request.user)})


@require_safe_or_post
def visit_address(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The address, opened once by POST and logged; shut outside its time."""
    visit = find_visit(request, public_id)
    opened = services.open_address(visit=visit) if request.method == "POST" else services.NOWHERE
    context = {"visit": visit, "opened": opened, "was_asked": request.method == "POST"}
    context["back_url"] = reverse("safety:visit_detail", args=[visit.public_id])
    return render(request, "safety/visit_address.html", context)


@require_safe_or_post
def visit_end_keys(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The phone is lost: whoever finds it can do nothing more with it."""
    visit = _find(request, public_id)
    if request.user.acting.role not in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
        raise PermissionDenied
    if request.method != "POST":
        back_url = reverse("safety:visit_detail", args=[visit.public_id])
        return render(request, "safety/visit_end_keys.html", {"visit": visit, "back_url": back_url})
    ended = services.end_keys(public_id=visit.public_id)
    text = ngettext("%(count)s key has been ended.", "%(count)s keys have been ended.", ended)
    messages.success(
        request, text % {"count": ended} if ended else _("There was no key of the visit to end.")
    )
    response = redirect("safety:visit_detail", visit.public_id)
    forget_key(response)
    return response
