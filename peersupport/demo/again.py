"""Times that come again: bookings by a rule, one of them moved and one cancelled, and Karim's calendar feed."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.utils import timezone

from accounts.models import User
from operations.models import Link, LinkKind, LinkOpening
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import is_school_day, morning
from peersupport.demo.owner import owner
from peersupport.lib.dates import day_of, moment_at, today
from students.models import Assignment
from visits import services
from visits.models import Booking, BookingCancelledBecause, ContactKind

AMINA, NOOR = 1, 6
TUESDAY, THURSDAY = 1, 3
# Before all else that the story books: nobody is in two places at once.
AT, LENGTH, FOR_WEEKS = time(8, 15), timedelta(minutes=45), 12
WEEK, TWO_WEEKS = 1, 2


def tell_what_comes_again(assignments: Sequence[Assignment]) -> None:
    """Amina is met each week and Noor called every other; as planned from tomorrow on."""
    amina = assignments[AMINA]
    made = _book(amina, ContactKind.AT_SCHOOL, TUESDAY, WEEK, "musikrummet")
    _book(assignments[NOOR], ContactKind.PHONE, THURSDAY, TWO_WEEKS, "")
    karim = amina.supporter.user
    with as_user(karim):
        for one in made[1:2]:
            start = moment_at(day_of(one.starts_at) + timedelta(days=1), AT)
            plan = services.Plan(one.kind, start, start + LENGTH, one.place)
            services.move_booking(booking=one, by=karim, version=one.version, plan=plan)
        for one in made[2:3]:
            because = BookingCancelledBecause.SCHOOL
            services.cancel_booking(booking=one, by=karim, because=because, note="Studiedag")
    _has_it_on_the_phone(karim)


def _book(assignment: Assignment, kind: ContactKind, weekday: int, weeks: int, place: str) -> list[Booking]:
    """On school days alone, as people do it: the first day, the last, and how often."""
    tomorrow = today() + timedelta(days=1)
    first = tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)
    last = first + timedelta(weeks=FOR_WEEKS)
    times = _rule(first, last, weeks).times()
    by, (starts_at, ends_at) = assignment.supporter.user, times[0]
    with as_user(by):
        plan = services.Plan(kind, starts_at, ends_at, place)
        return services.plan_series(assignment=assignment, by=by, plan=plan, times=times)


def _rule(first: date, last: date, weeks: int) -> services.Rule:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    without = tuple((day, day) for day in days if not is_school_day(day))
    minutes = int(LENGTH.total_seconds()) // 60
    return services.Rule(first, last, AT, minutes, weeks=weeks, without=without)


def _has_it_on_the_phone(user: User) -> None:
    """Made the other day; the phone has just fetched it."""
    with as_user(user):
        services.renew_feed(by=user, shows_initials=False)
    with owner():
        link = Link.objects.get(kind=LinkKind.CALENDAR, user_id=user.pk)
        Link.objects.filter(pk=link.pk).update(created_at=morning(6))
        LinkOpening.objects.create(link=link, at=timezone.now() - timedelta(minutes=25))
