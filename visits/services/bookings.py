"""Bookings: planned, moved, cancelled, and done when a contact is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import day_of
from students.models import Assignment, CaseStatus, Student
from visits.models import Booking, BookingStatus
from visits.services.busy import PupilTaken, in_one_place, pupils_taken
from visits.services.contacts import Overtaken
from visits.services.pupils import Pupil


class InThePast(Exception):
    """What has been can be logged, not booked."""


class NotAssigned(Exception):
    """The supporter does not have the pupil on that day."""


class NoLongerPlanned(Exception):
    """The booking has been cancelled, or noted as a contact."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a booking says; both moments aware."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""


def bookable(*, student: Student, by: User) -> list[Assignment]:
    """Who could meet the pupil, today or later: oneself, or for a coordinator each supporter once."""
    rows = Assignment.objects.visible_to(by).not_over().filter(student=student)
    open_ones = rows.exclude(case__status=CaseStatus.CLOSED).select_related("supporter__user")
    latest_first = open_ones.order_by("-kind", "-starts_on", "-pk")  # the earliest main one is kept
    return list({one.supporter_id: one for one in latest_first}.values())


@transaction.atomic
def plan_booking(*, assignment: Assignment, by: User, plan: Plan, asks: bool = False) -> Booking:
    """Book a time for the assignment's pupil and supporter.

    Raises InThePast, NotAssigned, DoubleBooked; and if it `asks`, PupilTaken.
    """
    if plan.starts_at < timezone.now():
        raise InThePast
    _refuse_outside(assignment, plan)
    booking = Booking(
        student_id=assignment.student_id,
        case_id=assignment.case_id,
        school_id=assignment.school_id,
        supporter_id=assignment.supporter_id,
        made_by=by,
        kind=plan.kind,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
    )
    with in_one_place():
        booking.save(force_insert=True)
    if asks:
        _ask(booking)
    return booking


def _ask(booking: Booking) -> None:
    span = (booking.starts_at, booking.ends_at)
    if taken := pupils_taken(students=[booking.student_id], times=[span], but=booking):
        raise PupilTaken(taken)


def _refuse_outside(assignment: Assignment, plan: Plan) -> None:
    day, last = day_of(plan.starts_at), assignment.ends_on
    if day < assignment.starts_on or (last is not None and day > last):
        raise NotAssigned


@transaction.atomic
def move_booking(*, booking: Booking, by: User, version: int, plan: Plan, asks: bool = False) -> None:
    """Change it, if it is still at `version`.

    Raises Overtaken, NoLongerPlanned, InThePast, NotAssigned, DoubleBooked; and if it `asks`, PupilTaken.
    """
    row = _held(booking, by)
    if row.version != version:
        raise Overtaken
    if plan.starts_at != row.starts_at:
        if plan.starts_at < timezone.now():
            raise InThePast
        _refuse_when_nobody_is_assigned(row, by, plan)
    asks = asks and (plan.starts_at, plan.ends_at) != (row.starts_at, row.ends_at)
    row.kind, row.place = plan.kind, plan.place
    row.starts_at, row.ends_at, row.version = plan.starts_at, plan.ends_at, version + 1
    with in_one_place():
        row.save(update_fields=["kind", "place", "starts_at", "ends_at", "version"])
    if asks:
        _ask(row)


def _refuse_when_nobody_is_assigned(row: Booking, by: User, plan: Plan) -> None:
    held = Assignment.objects.visible_to(by).filter(
        case=row.case_id,
        supporter=row.supporter_id,
        ended_at__isnull=True,
        starts_on__lte=day_of(plan.starts_at),
    )
    if not held.exclude(ends_on__lt=day_of(plan.starts_at)).exists():
        raise NotAssigned


@transaction.atomic
def cancel_booking(*, booking: Booking, by: User, because: str, note: str = "") -> None:
    """Cancel it. Raises NoLongerPlanned."""
    row = _held(booking, by)
    row.status, row.version = BookingStatus.CANCELLED, row.version + 1
    row.cancelled_at, row.cancelled_by = timezone.now(), by
    row.cancelled_because, row.cancel_note = because, note
    cancelled = ("cancelled_at", "cancelled_by", "cancelled_because", "cancel_note")
    row.save(update_fields=["status", "version", *cancelled])


def complete_booking(*, public_id: UUID, by: User, pupils: Sequence[Pupil]) -> None:
    """A contact has been logged for it; a booking cancelled meanwhile stays so."""
    booked = Booking.objects.visible_to(by).planned().filter(public_id=public_id)
    booked.filter(student__in=[pupil.student.pk for pupil in pupils]).update(
        status=BookingStatus.DONE, version=F("version") + 1
    )


def _held(booking: Booking, by: User) -> Booking:
    """The row, held until the transaction ends."""
    row = Booking.objects.visible_to(by).select_for_update().planned().filter(pk=booking.pk).first()
    if row is None:
        raise NoLongerPlanned
    return row
