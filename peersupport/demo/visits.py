"""Today's home visits, one in each state: over, going on, on the way, risk checked and planned."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from peersupport.demo import history
from peersupport.demo.acting import as_user
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, today
from safety.models import HomeVisit, VisitCompany, VisitLog
from safety.services import RiskCheck, check_in, check_risk, finish, leave
from students.models import Assignment
from visits.models import Booking, ContactKind
from visits.services import Plan, plan_booking

OSKAR, AMINA, YUSUF, HUGO, PROTECTED, NOOR, RUT = 0, 1, 2, 3, 4, 6, 7
AN_HOUR = timedelta(hours=1)
AGO = timedelta(minutes=20)  # since the one that goes on began
Act = Callable[..., object]
ALONE = RiskCheck(VisitCompany.ALONE, is_palpable=False)


def tell_visits(assignments: list[Assignment]) -> None:
    """Karim's day as the visitor meets it, whatever the hour; colleagues on the way, and done."""
    now = timezone.now()
    assignments[RUT].refresh_from_db()  # Rut has changed school since
    _over(assignments[YUSUF], moment_at(today(), time(7, 30)))
    _goes_on(assignments[HUGO], now - AGO)
    _checked(assignments[OSKAR])
    _planned(assignments[PROTECTED], moment_at(today(), time(16, 30)), "biblioteket")
    on_the_way = _booked(assignments[RUT], now + timedelta(minutes=15))
    _walk(assignments[RUT], on_the_way, leave)
    _over(assignments[NOOR], moment_at(today(), time(8, 0)))


def _over(assignment: Assignment, starts_at: datetime) -> None:
    """Done this morning, and noted nowhere yet; not before it is over."""
    if starts_at + AN_HOUR > timezone.now():
        return
    visit = _walk(assignment, _booked(assignment, starts_at), leave, check_in, finish)
    _move_back(visit, timezone.now() - starts_at)
    ended_at = starts_at + timedelta(minutes=55)
    with owner():
        HomeVisit.objects.filter(pk=visit.pk).update(ended_at=ended_at)
        VisitLog.objects.filter(visit=visit, act="done").update(at=ended_at)


def _goes_on(assignment: Assignment, starts_at: datetime) -> None:
    visit = _walk(assignment, _booked(assignment, starts_at), leave, check_in)
    _move_back(visit, AGO)


def _checked(assignment: Assignment) -> None:
    """The one that stands in Karim's plans for today (peersupport.demo.plans)."""
    midnight = moment_at(today(), time(0, 0))
    planned = Booking.objects.filter(student=assignment.student, kind=ContactKind.HOME_VISIT)
    booking = planned.planned().get(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    with owner(), history.unwritten():
        _put(booking, _free(booking, _ahead(booking.starts_at), besides=(midnight, midnight)))
    _walk(assignment, booking)


def _ahead(starts_at: datetime) -> datetime:
    """At that hour, or soon when it has passed: a demo that opens in the evening asks after no forgotten visit."""
    now = timezone.localtime()
    if starts_at > now:
        return starts_at
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1, minutes=30)


def _booked(assignment: Assignment, starts_at: datetime, place: str = "") -> Booking:
    """Booked ahead, as people do, and moved to its hour by the owner; what is in the way comes later today."""
    by, far = assignment.supporter.user, timezone.now() + timedelta(days=300)
    with as_user(by):
        plan = Plan(ContactKind.HOME_VISIT, far, far + AN_HOUR, place)
        booking = plan_booking(assignment=assignment, by=by, plan=plan)
    with owner(), history.unwritten():
        for other in _in_the_way(booking, starts_at, AN_HOUR):
            _put(other, _free(other, starts_at + AN_HOUR, besides=(starts_at, starts_at + AN_HOUR)))
        _put(booking, starts_at)
    return booking


def _planned(assignment: Assignment, starts_at: datetime, place: str) -> None:
    """At that hour, or when there is room."""
    by, far = assignment.supporter.user, timezone.now() + timedelta(days=301)
    with as_user(by):
        plan = Plan(ContactKind.HOME_VISIT, far, far + AN_HOUR, place)
        booking = plan_booking(assignment=assignment, by=by, plan=plan)
    with owner(), history.unwritten():
        _put(booking, _free(booking, _ahead(starts_at), besides=(starts_at, starts_at)))


def _in_the_way(booking: Booking, starts_at: datetime, length: timedelta) -> list[Booking]:
    others = Booking.objects.planned().filter(supporter=booking.supporter).exclude(pk=booking.pk)
    return list(others.filter(starts_at__lt=starts_at + length, ends_at__gt=starts_at))


def _free(booking: Booking, from_at: datetime, *, besides: tuple[datetime, datetime]) -> datetime:
    """The first half-hour from `from_at` at which the booking is in nobody's way."""
    length, at = booking.ends_at - booking.starts_at, from_at
    while _in_the_way(booking, at, length) or (at < besides[1] and at + length > besides[0]):
        at += timedelta(minutes=30)
    return at


def _put(booking: Booking, starts_at: datetime) -> None:
    length = booking.ends_at - booking.starts_at
    Booking.objects.filter(pk=booking.pk).update(starts_at=starts_at, ends_at=starts_at + length)
    booking.refresh_from_db()


def _walk(assignment: Assignment, booking: Booking, *acts: Act) -> HomeVisit:
    by = assignment.supporter.user
    with as_user(by):
        visit = check_risk(booking=booking, by=by, check=ALONE)
        for act in acts:
            act(visit=visit, by=by)
    return visit


def _move_back(visit: HomeVisit, by: timedelta) -> None:
    """What was done on it was done so long ago."""
    moments = ("checked_at", "left_at", "checked_in_at", "expected_end_at")
    with owner():
        HomeVisit.objects.filter(pk=visit.pk).update(**{name: F(name) - by for name in moments})
        VisitLog.objects.filter(visit=visit).exclude(act="done").update(at=F("at") - by)
