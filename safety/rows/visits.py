"""What the pages of home visits show, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.dates import clock, day_of, short_moment, start_of_day, today
from safety.models import HomeVisit, VisitCompany, VisitEnd, VisitEvent, VisitStep, VisitVia
from schools.codes import ContactKind
from visits.models import Booking, BookingStatus


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a visit's log."""

    time: str
    act: str
    who: str  # "": one's own
    via: str  # "": signed in


def log_rows(visit: HomeVisit, user: User) -> list[LogRow]:
    """All that was done on the visit, in order."""
    events = VisitEvent.objects.visible_to(user).filter(visit=visit).select_related("by")
    first = day_of(visit.created_at)
    return [
        LogRow(
            clock(event.at) if day_of(event.at) == first else short_moment(event.at),
            str(event.get_act_display()),
            event.by.name if event.by and event.by_id != user.pk else "",
            "" if event.via == VisitVia.SIGNED_IN else str(event.get_via_display()),
        )
        for event in events
    ]


def state_of(visit: HomeVisit) -> str:
    """Where in its way it is: "Incheckad 14:02, klart ungefär 15:00"."""
    match visit.step:
        case VisitStep.ENDED:
            if visit.ended_how == VisitEnd.NOT_MADE:
                return _("No visit was made")
            return _("Over since %(time)s") % {"time": clock(_sure(visit.ended_at))}
        case VisitStep.CHECKED_IN:
            times = {"time": clock(_sure(visit.checked_in_at)), "end": clock(_sure(visit.expected_end_at))}
            return _("Checked in %(time)s, done about %(end)s") % times
        case VisitStep.LEFT:
            return _("On the way since %(time)s") % {"time": clock(_sure(visit.left_at))}
        case VisitStep.CHECKED:
            return _("Risk checked: %(how)s") % {"how": how_they_go(visit)}
    return _("Planned, no risk check yet")


def how_they_go(visit: HomeVisit) -> str:
    """As others read it: "ensam", "två", "ses på annan plats"."""
    words = {
        VisitCompany.ALONE: _("alone"),
        VisitCompany.TWO: _("two of them"),
        VisitCompany.ELSEWHERE: _("they meet somewhere else"),
        VisitCompany.NOT: _("no visit today"),
    }
    return words[VisitCompany(visit.company)] if visit.company else ""


def _sure(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("the state says that there is one")
    return moment


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One of today's home visits, as a coordinator follows it: no pupil."""

    time: str
    who: str
    state: str
    number: str
    url: str  # "": nothing has been done on it yet
    is_going_on: bool
    is_late: bool  # expected to be over, and not over


def todays_bookings(user: User) -> QuerySet[Any, Any]:
    """The bookings of home visits for today, and of visits that go on; `visit_id` is the latest visit's."""
    midnight = start_of_day(today())
    visits = HomeVisit.objects.visible_to(user).filter(booking=OuterRef("pk")).order_by("-pk")
    bookings = Booking.objects.visible_to(user).filter(kind=ContactKind.HOME_VISIT)
    todays = Q(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    going_on = HomeVisit.objects.visible_to(user).going_on().values("booking")
    return (
        bookings.filter(todays | Q(pk__in=going_on))
        .annotate(visit_id=Subquery(visits.values("pk")[:1]))
        .filter(~Q(status=BookingStatus.CANCELLED) | Q(visit_id__isnull=False))
    )


def todays_visits(user: User) -> list[TodayRow]:
    """Home visits of today at one's schools, and those that go on; by time. Two queries."""
    rows = list(todays_bookings(user).select_related("supporter__user").order_by("starts_at", "pk"))
    begun = HomeVisit.objects.visible_to(user).in_bulk([row.visit_id for row in rows if row.visit_id])
    return [_today_row(row, begun.get(row.visit_id)) for row in rows]


def _today_row(booking: Any, visit: HomeVisit | None) -> TodayRow:
    if visit is None:
        visit = HomeVisit(number="")
    end = visit.expected_end_at
    return TodayRow(
        clock(booking.starts_at) if day_of(booking.starts_at) == today() else short_moment(booking.starts_at),
        booking.supporter.user.name,
        state_of(visit),
        visit.number,
        reverse("safety:visit_detail", args=[visit.public_id]) if visit.pk else "",
        visit.is_going_on,
        visit.is_going_on and end is not None and end < timezone.now(),
    )
