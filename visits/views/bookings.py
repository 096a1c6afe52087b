"""Bookings: planned, moved and cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.services import record_reads
from peersupport.lib.dates import NoSuchTime, short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import SchoolBreak
from visits import services
from visits.forms import BookingForm, CancelBookingForm, NewBookingForm, asked_day
from visits.models import Booking, BookingStatus
from visits.views.pupils import SUPPORT, find_student, show, student_page

CANNOT = (services.InThePast, services.DoubleBooked, services.NotAssigned, NoSuchTime)


@require_safe_or_post
def booking_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    student = find_student(request, public_id)
    assignments = services.bookable(student=student, by=request.user)
    if not assignments:
        messages.warning(request, _("The pupil has no peer supporter to book a time with."))
        return redirect(student_page(student))
    start = {"on": asked_day(request.GET.get("on", ""))}
    form = NewBookingForm(
        request.POST or None,
        assignments=assignments,
        breaks=SchoolBreak.objects.visible_to(request.user).of_school(student.school_id),
        user=request.user,
        initial=start,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            path = form.save_once(by=request.user, save=lambda: _save(request, form))
        except CANNOT as refusal:
            _say_why_not(form, refusal)
        else:
            if path:
                messages.success(request, _booked_text(form))
                return redirect(path)
            status = 409
    return show(request, "visits/booking_create.html", student, status, form=form)


def _save(request: AuthenticatedHttpRequest, form: NewBookingForm) -> str:
    plan: dict[str, Any] = {"assignment": form.assignment, "by": request.user, "plan": form.plan()}
    if form.times:
        return student_page(services.plan_series(**plan, times=form.times)[0].student)
    return student_page(services.plan_booking(**plan).student)


def _booked_text(form: NewBookingForm) -> str:
    if len(form.times) < 2:
        moment = form.times[0][0] if form.times else form.plan().starts_at
        return _("Booked: %(when)s.") % {"when": short_moment(moment)}
    first, last = short_moment(form.times[0][0]), short_moment(form.times[-1][0])
    text = _("Booked: %(count)s times, from %(first)s until %(last)s.")
    return text % {"count": len(form.times), "first": first, "last": last}


def _say_why_not(form: Any, refusal: Exception) -> None:
    if isinstance(refusal, services.InThePast):
        form.add_error("at", _("This time has passed. Book a later one, or note a contact."))
    elif isinstance(refusal, services.TakenAt):
        text = _("The peer supporter has another booking on %(when)s. Nothing is saved: choose otherwise.")
        form.add_error("at", text % {"when": short_moment(refusal.at)})
    elif isinstance(refusal, NoSuchTime):
        form.add_error("at", _("This time does not exist on one of the days: the clock is set forward."))
    elif isinstance(refusal, services.DoubleBooked):
        form.add_error("at", _("The peer supporter has another booking at this time. Choose another."))
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
    following = services.later_in_series(booking=booking, by=request.user).count() if booking.series_id else 0
    form = BookingForm(request.POST or None, booking=booking, user=request.user, following=following)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        goes_along = form.cleaned_data.get("following")
        move = services.move_with_following if goes_along else services.move_booking
        try:
            move(booking=booking, by=request.user, version=version, plan=form.plan())
        except services.NoLongerPlanned:
            return _no_longer(request, booking)
        except services.Overtaken:
            return _both(request, booking, form)
        except CANNOT as refusal:
            _say_why_not(form, refusal)
        else:
            messages.success(request, _("Saved: %(when)s.") % {"when": short_moment(form.plan().starts_at)})
            return redirect(student_page(booking.student))
    return show(request, "visits/booking_move.html", booking.student, form=form, booking=booking)


def _both(request: AuthenticatedHttpRequest, booking: Booking, form: BaseForm) -> HttpResponse:
    current = _find_booking(request, booking.public_id)
    record_reads(
        by=request.user, page="visits:booking_move", students=[current.student], request_id=request.request_id
    )
    return conflict(
        request,
        form=form,
        stored=BookingForm(booking=current, user=request.user, following="following" in form.fields),
        version=current.version,
        cancel_url=student_page(booking.student),
    )


@require_safe_or_post
def booking_cancel(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    booking = _find_booking(request, public_id)
    if booking.status != BookingStatus.PLANNED:
        return _no_longer(request, booking)
    following = services.later_in_series(booking=booking, by=request.user).count() if booking.series_id else 0
    form = CancelBookingForm(request.POST or None, following=following)
    if request.method == "POST" and form.is_valid():
        reason = {"because": form.cleaned_data["because"], "note": form.cleaned_data["note"]}
        goes_along = form.cleaned_data.get("following")
        cancel = services.cancel_with_following if goes_along else services.cancel_booking
        try:
            cancel(booking=booking, by=request.user, **reason)
        except services.NoLongerPlanned:
            return _no_longer(request, booking)
        messages.success(request, _("The booking is cancelled."))
        return redirect(student_page(booking.student))
    when = short_moment(booking.starts_at)
    return show(request, "visits/booking_cancel.html", booking.student, form=form, booking=booking, when=when)
