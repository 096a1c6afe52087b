"""Before a visit: the risk check, and a visit that nobody had booked."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.forms.visits import RiskCheckForm, VisitNowForm
from safety.models import DutyStep, VisitCompany
from schools.models import Organisation, Role
from students.models import Assignment, CaseStatus
from visits.models import Booking, BookingStatus
from visits.services import DoubleBooked, NotAssigned, PlaceNeeded

CANNOT = (DoubleBooked, NotAssigned, PlaceNeeded)


@require_safe_or_post
def risk_check(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """A few questions to think through; kept is only how they go."""
    booking = _find_booking(request, public_id)
    if booking.status != BookingStatus.PLANNED:
        messages.warning(request, _("The booking is cancelled or noted already."))
        return redirect("overviews:my_day")
    form = RiskCheckForm(
        request.POST or None,
        colleagues=services.colleagues(),
        is_protected=booking.student.is_protected,
        initial={"place": booking.place},
    )
    gap = _gap(request, booking)
    stays = request.POST.get("company") == VisitCompany.NOT
    has_seen = not gap or stays or "gap_seen" in request.POST
    if request.method == "POST" and form.is_valid() and has_seen:
        if answer := _checked(request, booking, form):
            return answer
    record_reads(
        by=request.user, page="safety:risk_check", students=[booking.student], request_id=request.request_id
    )
    context = {
        "form": form,
        "booking": booking,
        "when": short_moment(booking.starts_at),
        "gap": gap,
        "gap_error": "" if has_seen or request.method != "POST" else _("Tick that you have seen it."),
        "is_watched": services.is_watched(),
        "back_url": reverse("overviews:my_day"),
    }
    return render(request, "safety/risk_check.html", context)


def _gap(request: AuthenticatedHttpRequest, booking: Booking) -> list[DutyStep]:
    """The steps nobody but the supporter covers when the visit begins."""
    organisation = Organisation(pk=request.user.acting.organisation_id)
    moment = max(booking.starts_at, timezone.now())
    return services.gap_at(organisation, moment, among=[request.user.pk])


def _find_booking(request: AuthenticatedHttpRequest, public_id: UUID) -> Booking:
    bookings = Booking.objects.visible_to(request.user).select_related("student__identity")
    booking: Booking = get_object_or_404(bookings, public_id=public_id)
    if request.user.acting.role != Role.PEER_SUPPORTER:
        raise PermissionDenied
    return booking


def _checked(request: AuthenticatedHttpRequest, booking: Booking, form: RiskCheckForm) -> HttpResponse | None:
    """Where to go when it is saved; None: the form says why it is not."""
    try:
        visit = services.check_risk(booking=booking, by=request.user, check=form.check_made())
    except services.LoneVisitRefused:
        form.say_not_alone()
    except services.PlaceMissing:
        form.add_error("place", _("Write where you meet."))
    except services.NoHomeVisit:
        messages.warning(request, _("That booking is no home visit."))
        return redirect("overviews:my_day")
    except services.VisitOver:
        messages.info(request, _("You have checked in already, or the visit is over."))
        return redirect("overviews:my_day")
    else:
        return redirect("safety:visit_detail", visit.public_id)
    return None


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def visit_now(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Hembesök nu: booked and begun in one step; the risk check comes next."""
    mine = Assignment.objects.visible_to(request.user).exclude(case__status=CaseStatus.CLOSED)
    assignments = list(mine.select_related("student__identity").order_by("kind", "pk"))
    form = VisitNowForm(request.POST or None, assignments=assignments)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            path = form.save_once(by=request.user, save=lambda: _begin(request, form))
        except CANNOT as refusal:
            _say_why_not(form, refusal)
        else:
            if path:
                return redirect(path)
            status = 409
    record_reads(
        by=request.user,
        page="safety:visit_now",
        students=[one.student for one in assignments],
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {"form": form, "has_pupils": assignments, "back_url": reverse("overviews:my_day")}
    return render(request, "safety/visit_now.html", context, status=status)


def _begin(request: AuthenticatedHttpRequest, form: VisitNowForm) -> str:
    said = form.cleaned_data
    visit = services.visit_now(
        assignment=form.assignment, by=request.user, minutes=int(said["length"]), place=said["place"]
    )
    return reverse("safety:risk_check", args=[visit.booking.public_id])


def _say_why_not(form: VisitNowForm, refusal: Exception) -> None:
    if isinstance(refusal, DoubleBooked):
        form.add_error("length", _("You have another booking then. Choose a shorter visit, or move it."))
    elif isinstance(refusal, PlaceNeeded):
        text = _("The pupil's details are protected. Write where you meet: not at the pupil's home.")
        form.add_error("place", text)
    else:
        form.add_error("who", _("You do not have the pupil today."))
