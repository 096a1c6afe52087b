"""Bookings: planned, moved and cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import record_reads
from peersupport.lib.dates import short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from supporters.models import PeerSupporter
from visits import services
from visits.clashes import booking_refused, is_to_ask, pupils_asked
from visits.forms import BookingForm, CancelBookingForm, NewBookingForm
from visits.models import Booking, BookingStatus
from visits.views.pupils import SUPPORT, find_student, show, student_page

CANNOT = (services.InThePast, services.DoubleBooked, services.NotAssigned)


@require_safe_or_post
def booking_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    assignments = services.bookable(student=student, by=request.user)
    if not assignments:
        messages.warning(request, _("The pupil has no peer supporter to book a time with."))
        return redirect(student_page(student))
    form = NewBookingForm(request.POST or None, assignments=assignments, user=request.user)
    status, asked = 200, list[str]()
    if request.method == "POST" and form.is_valid():
        try:
            path = form.save_once(by=request.user, save=lambda: _save(request, form))
        except services.PupilTaken as clash:
            asked = pupils_asked(clash.taken, [student])
        except CANNOT as refusal:
            _say_why_not(form, refusal, by=request.user, supporter=form.assignment.supporter)
        else:
            if path:
                text = _("Booked: %(when)s.") % {"when": short_moment(form.plan().starts_at)}
                messages.success(request, text)
                return redirect(path)
            status = 409
    return show(request, "visits/booking_create.html", student, status, form=form, asked=asked)


def _save(request: AuthenticatedHttpRequest, form: NewBookingForm) -> str:
    booking = services.plan_booking(
        assignment=form.assignment, by=request.user, plan=form.plan(), asks=is_to_ask(request)
    )
    return student_page(booking.student)


def _say_why_not(form: Any, refusal: Exception, *, by: User, supporter: PeerSupporter) -> None:
    if isinstance(refusal, services.InThePast):
        form.add_error("at", _("This time has passed. Book a later one, or note a contact."))
    elif isinstance(refusal, services.DoubleBooked):
        plan = form.plan()
        form.add_error("at", booking_refused(supporter=supporter, by=by, span=(plan.starts_at, plan.ends_at)))
    else:
        form.add_error("on", _("The peer supporter does not have the pupil on that day. Choose another."))


def _find_booking(request: AuthenticatedHttpRequest, public_id: UUID) -> Booking:
    """404 when unseen; 403 for roles that give or lead no support."""
    bookings: Any = Booking.objects.visible_to(request.user)
    bookings = bookings.select_related("student__identity", "student__school", "supporter__user")
    booking: Booking = get_object_or_404(bookings, public_id=public_id)
    if request.user.acting.role not in SUPPORT:
        raise PermissionDenied
    return booking


def _no_longer(request: AuthenticatedHttpRequest, booking: Booking) -> HttpResponse:
    messages.warning(request, _("The booking is cancelled or noted already."))
    return redirect(student_page(booking.student))


@require_safe_or_post
def booking_move(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    booking = _find_booking(request, public_id)
    if booking.status != BookingStatus.PLANNED:
        return _no_longer(request, booking)
    form, asked = BookingForm(request.POST or None, booking=booking, user=request.user), list[str]()
    if request.method == "POST" and form.is_valid():
        try:
            _move(request, booking, form)
        except services.NoLongerPlanned:
            return _no_longer(request, booking)
        except services.Overtaken:
            return _both(request, booking, form)
        except services.PupilTaken as clash:
            asked = pupils_asked(clash.taken, [booking.student])
        except CANNOT as refusal:
            _say_why_not(form, refusal, by=request.user, supporter=booking.supporter)
        else:
            messages.success(request, _("Saved: %(when)s.") % {"when": short_moment(form.plan().starts_at)})
            return redirect(student_page(booking.student))
    return show(request, "visits/booking_move.html", booking.student, form=form, booking=booking, asked=asked)


def _move(request: AuthenticatedHttpRequest, booking: Booking, form: BookingForm) -> None:
    services.move_booking(
        booking=booking,
        by=request.user,
        version=form.cleaned_data["version"] or 0,
        plan=form.plan(),
        asks=is_to_ask(request),
    )


def _both(request: AuthenticatedHttpRequest, booking: Booking, form: BaseForm) -> HttpResponse:
    current = _find_booking(request, booking.public_id)
    record_reads(
        by=request.user, page="visits:booking_move", students=[current.student], request_id=request.request_id
    )
    return conflict(
        request,
        form=form,
        stored=BookingForm(booking=current, user=request.user),
        version=current.version,
        cancel_url=student_page(booking.student),
    )


@require_safe_or_post
def booking_cancel(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    booking = _find_booking(request, public_id)
    if booking.status != BookingStatus.PLANNED:
        return _no_longer(request, booking)
    form = CancelBookingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_booking(booking=booking, by=request.user, **form.cleaned_data)
        except services.NoLongerPlanned:
            return _no_longer(request, booking)
        messages.success(request, _("The booking is cancelled."))
        return redirect(student_page(booking.student))
    when = short_moment(booking.starts_at)
    return show(request, "visits/booking_cancel.html", booking.student, form=form, booking=booking, when=when)
