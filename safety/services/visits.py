"""The way of a home visit: risk check, on the way, checked in, longer, over.

Each act holds the row, is done once however often it is tapped, and writes its line of the log beside it.
`by` is None for whoever holds the visit's key (docs/adr/0029).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from safety.models import (
    EXTENSION,
    LONGEST,
    AlarmKind,
    AlarmOutcome,
    HomeVisit,
    VisitAct,
    VisitCompany,
    VisitEnd,
    VisitLog,
    VisitVia,
)
from safety.services.alarms import close_alarms_of, raise_alarm
from schools.codes import ContactKind
from schools.models import Organisation
from students.models import Student
from visits.models import Booking

TRIES = 3  # of finding a number that no visit has
USUAL_LENGTH = timedelta(hours=1)  # where the booking is no longer the supporter's to read


class NoHomeVisit(Exception):
    """The booking is of something else, or no longer planned."""


class LoneVisitRefused(Exception):
    """Palpable risk of violence is never for one alone (AFS 2023:2)."""


class PlaceMissing(Exception):
    """They meet somewhere else, and nobody has said where."""


class NotRiskChecked(Exception):
    """The risk is judged before each visit (AML 3:2)."""


class NotCheckedIn(Exception):
    """What has not begun is neither longer nor over."""


class VisitOver(Exception):
    """It has been ended, perhaps on another phone."""


class VisitTooLong(Exception):
    """Twelve hours are the most."""


@dataclass(frozen=True, slots=True)
class RiskCheck:
    """What the risk check came to. The questions that lead there are not kept; nor is `is_palpable`."""

    company: VisitCompany
    is_palpable: bool
    companion_id: int | None = None
    place: str = ""


@transaction.atomic
def start_visit(*, booking: Booking, by: User) -> HomeVisit:
    """The visit of a booking, held; made when there is none that goes on. Raises NoHomeVisit."""
    if booking.kind != ContactKind.HOME_VISIT:
        raise NoHomeVisit
    visits = HomeVisit.objects.held_by(by).filter(booking=booking)
    for _try in range(TRIES):
        found = visits.exclude(ended_how=VisitEnd.NOT_MADE).select_for_update(of=("self",)).first()
        if found is not None:
            return found
        visit = HomeVisit(
            booking=booking,
            school_id=booking.school_id,
            supporter_id=booking.supporter_id,
            organisation=Organisation(pk=by.acting.organisation_id),
        )
        # Of two at once one is made, and both find it.
        HomeVisit.objects.bulk_create([visit], ignore_conflicts=True)
    raise NoHomeVisit


@transaction.atomic
def check_risk(*, booking: Booking, by: User, check: RiskCheck) -> HomeVisit:
    """Say how they go; again, as long as nobody has checked in.

    Raises LoneVisitRefused, PlaceMissing, NoHomeVisit, VisitOver.
    """
    if check.is_palpable and check.company == VisitCompany.ALONE:
        raise LoneVisitRefused
    place = check.place or booking.place
    if not place and (check.company == VisitCompany.ELSEWHERE or _is_protected(booking, by)):
        raise PlaceMissing
    visit = start_visit(booking=booking, by=by)
    if visit.ended_at is not None or visit.checked_in_at is not None:
        raise VisitOver
    if place != booking.place:
        Booking.objects.visible_to(by).filter(pk=booking.pk).update(place=place, version=F("version") + 1)
    if visit.is_checked and (visit.company, visit.companion_id) == (check.company, check.companion_id):
        return visit
    visit.company, visit.companion_id = check.company, check.companion_id
    visit.checked_at, visit.checked_by = timezone.now(), by
    _save(visit, "company", "companion_id", "checked_at", "checked_by")
    _log(visit, VisitAct.RISK_CHECKED, by)
    if check.company == VisitCompany.NOT:
        _end(visit, VisitEnd.NOT_MADE, VisitAct.NOT_MADE, by)
    return visit


def _is_protected(booking: Booking, by: User) -> bool:
    return Student.objects.visible_to(by).filter(pk=booking.student_id, is_protected=True).exists()


@transaction.atomic
def leave(*, visit: HomeVisit, by: User) -> HomeVisit:
    """On the way. Raises NotRiskChecked, VisitOver."""
    row = _held(visit, by)
    if row.left_at is not None or row.checked_in_at is not None:
        return row
    if not row.is_checked:
        raise NotRiskChecked
    row.left_at = timezone.now()
    _save(row, "left_at")
    _log(row, VisitAct.LEFT, by)
    close_alarms_of(visit=row, by=by, outcome=AlarmOutcome.ALL_WELL)
    return row


@transaction.atomic
def check_in(*, visit: HomeVisit, by: User, minutes: int | None = None) -> HomeVisit:
    """There. `minutes` until it is expected to be over; None: as long as was booked.

    Raises NotRiskChecked, VisitOver, VisitTooLong.
    """
    row = _held(visit, by)
    if row.checked_in_at is not None:
        return row
    if row.left_at is None and not row.is_checked:
        raise NotRiskChecked
    length = timedelta(minutes=minutes) if minutes else _booked_length(row, by)
    if length > LONGEST:
        raise VisitTooLong
    row.checked_in_at = timezone.now()
    row.expected_end_at = row.checked_in_at + length
    _save(row, "checked_in_at", "expected_end_at")
    _log(row, VisitAct.CHECKED_IN, by)
    close_alarms_of(visit=row, by=by, outcome=AlarmOutcome.ALL_WELL)
    return row


def _booked_length(visit: HomeVisit, by: User) -> timedelta:
    booking = Booking.objects.visible_to(by).filter(pk=visit.booking_id).first()
    return booking.ends_at - booking.starts_at if booking else USUAL_LENGTH


@transaction.atomic
def extend(*, visit: HomeVisit, by: User | None, shown_end: datetime | None) -> HomeVisit:
    """Fifteen minutes more: after the expected end, or from now where that has passed.

    `shown_end` is the end that was seen when it was tapped: once that is another, the tap has been counted.
    Raises NotCheckedIn, VisitOver, VisitTooLong.
    """
    row = _held(visit, by)
    if row.checked_in_at is None or row.expected_end_at is None:
        raise NotCheckedIn
    if row.expected_end_at != shown_end:
        return row
    end = max(row.expected_end_at, timezone.now()) + EXTENSION
    if end > row.checked_in_at + LONGEST:
        raise VisitTooLong
    row.expected_end_at = end
    _save(row, "expected_end_at")
    _log(row, VisitAct.EXTENDED, by)
    close_alarms_of(visit=row, by=by, outcome=AlarmOutcome.ALL_WELL)
    return row


@transaction.atomic
def finish(*, visit: HomeVisit, by: User | None) -> bool:
    """Over, and all is well. Whether somebody was asked for help and still is: that is theirs to end.

    Raises NotCheckedIn.
    """
    row = _row(visit, by)
    if row.ended_at is None:
        if row.checked_in_at is None:
            raise NotCheckedIn
        _end(row, VisitEnd.DONE, VisitAct.DONE, by)
    with connection.cursor() as cursor:
        cursor.execute("select asks_for_help(%s)", [row.pk])
        (is_help_called,) = cursor.fetchone()
    return bool(is_help_called)


@transaction.atomic
def not_made(*, visit: HomeVisit, by: User) -> HomeVisit:
    """It did not take place; the booking stands, to be moved, cancelled or noted."""
    row = _row(visit, by)
    if row.ended_at is None:
        _end(row, VisitEnd.NOT_MADE, VisitAct.NOT_MADE, by)
    return row


@transaction.atomic
def ask_for_help(*, visit: HomeVisit, by: User | None) -> None:
    """Call for help, also where the visit has just been ended on another phone. Each tap is logged."""
    row = HomeVisit.objects.held_by(by).get(pk=visit.pk)
    raise_alarm(visit=row, kind=AlarmKind.HELP)
    _log(row, VisitAct.HELP, by)


def _row(visit: HomeVisit, by: User | None) -> HomeVisit:
    """The row, held until the transaction ends."""
    return HomeVisit.objects.held_by(by).select_for_update(of=("self",)).get(pk=visit.pk)


def _held(visit: HomeVisit, by: User | None) -> HomeVisit:
    row = _row(visit, by)
    if row.ended_at is not None:
        raise VisitOver
    return row


def _end(visit: HomeVisit, how: VisitEnd, act: VisitAct, by: User | None) -> None:
    visit.ended_at, visit.ended_how = timezone.now(), how
    close_alarms_of(visit=visit, by=by, outcome=AlarmOutcome.ALL_WELL)
    _log(visit, act, by)
    _save(visit, "ended_at", "ended_how")  # last: a key is over with its visit


def _save(visit: HomeVisit, *fields: str) -> None:
    visit.version += 1
    visit.save(update_fields=[*fields, "version"])


def _log(visit: HomeVisit, act: VisitAct, by: User | None) -> None:
    via = VisitVia.SIGNED_IN if by else VisitVia.KEY
    VisitLog.objects.bulk_create([VisitLog(visit=visit, act=act, by=by, via=via)])
