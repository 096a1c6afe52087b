"""Bookings planned together by a rule: made, moved and cancelled one by one, or with those that follow."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import day_of, moment_at
from students.models import Assignment
from visits.models import Booking
from visits.services.bookings import DoubleBooked, Plan, cancel_booking, move_booking, plan_booking


class TakenAt(DoubleBooked):
    """One of several times is taken: `at`. None of them is booked or moved."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


@transaction.atomic
def plan_series(
    *, assignment: Assignment, by: User, plan: Plan, times: Iterable[tuple[datetime, datetime]]
) -> list[Booking]:
    """Book all `times` as `plan` says, or none. Raises InThePast, NotAssigned, TakenAt."""
    series, made = uuid4(), []
    for starts_at, ends_at in times:
        one = replace(plan, starts_at=starts_at, ends_at=ends_at)
        try:
            made.append(plan_booking(assignment=assignment, by=by, plan=one, series_id=series))
        except DoubleBooked:
            raise TakenAt(starts_at) from None
    return made


def later_in_series(*, booking: Booking, by: User) -> QuerySet[Booking]:
    """Those of the same rule that come after this one and are planned still, the next one first."""
    rows = Booking.objects.visible_to(by).planned().filter(series_id=booking.series_id)
    if booking.series_id is None:
        return rows.none()
    return rows.filter(starts_at__gt=booking.starts_at).order_by("starts_at", "pk")


@transaction.atomic
def move_with_following(*, booking: Booking, by: User, version: int, plan: Plan) -> int:
    """Move it, and those that follow by as many days to the same time of day; returns how many.

    All or none. Raises what `move_booking` does, TakenAt and NoSuchTime.
    """
    days = day_of(plan.starts_at) - day_of(booking.starts_at)
    clock_time = timezone.localtime(plan.starts_at).time()
    moves = [(booking, version, plan)]
    for one in later_in_series(booking=booking, by=by):
        start = moment_at(day_of(one.starts_at) + days, clock_time)
        moved = replace(plan, starts_at=start, ends_at=start + (plan.ends_at - plan.starts_at))
        moves.append((one, one.version, moved))
    # The farthest first, in the direction of the move: none is put where the next one still is.
    for row, its_version, its_plan in reversed(moves) if plan.starts_at > booking.starts_at else moves:
        try:
            move_booking(booking=row, by=by, version=its_version, plan=its_plan)
        except DoubleBooked:
            raise TakenAt(its_plan.starts_at) from None
    return len(moves)


@transaction.atomic
def cancel_with_following(*, booking: Booking, by: User, because: str, note: str = "") -> int:
    """Cancel it and those that follow; returns how many. Raises NoLongerPlanned."""
    rows = [booking, *later_in_series(booking=booking, by=by)]
    for row in rows:
        cancel_booking(booking=row, by=by, because=because, note=note)
    return len(rows)
