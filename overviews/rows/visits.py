"""Home visits on Min dag: each one's next act, as the one button of its row."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.dates import start_of_day, today
from safety.models import HomeVisit, VisitStep
from safety.rows import state_of
from visits.models import Booking


@dataclass(frozen=True, slots=True)
class NextAct:
    """A button: `is_post` acts at once, else it leads to a page."""

    label: str
    url: str
    is_post: bool = True
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as its row shows it. No acts: it is over, and to be noted."""

    number: str
    state: str
    url: str
    acts: list[NextAct]


def my_visits(user: User) -> list[Any]:
    """My visits that are not over, and those that ended today; `booking_uuid` None where the pupil is mine
    no more. One query.
    """
    booking = Booking.objects.visible_to(user).filter(pk=OuterRef("booking"))
    since_midnight = Q(ended_at__isnull=True) | Q(ended_at__gte=start_of_day(today()))
    mine = HomeVisit.objects.held_by(user).filter(since_midnight)
    return list(mine.annotate(booking_uuid=Subquery(booking.values("public_id")[:1])).order_by("pk"))


def by_booking(visits: Iterable[Any]) -> dict[str, HomeVisit]:
    """The latest visit of each booking, by the booking's public id."""
    return {str(visit.booking_uuid): visit for visit in visits if visit.booking_uuid}


def apart_from(visits: Iterable[HomeVisit], shown: Collection[str]) -> list[VisitRow]:
    """Visits begun whose number is not `shown` in a row: noted already, or the pupil is mine no more."""
    begun = {VisitStep.LEFT, VisitStep.CHECKED_IN}
    return [visit_row(visit) for visit in visits if visit.step in begun and visit.number not in shown]


def planned_row(booking: str) -> VisitRow:
    """Nothing has been done on it yet."""
    return VisitRow("", "", "", [_risk_check(booking)])


def visit_row(visit: HomeVisit, booking: str = "") -> VisitRow:
    url = reverse("safety:visit_detail", args=[visit.public_id])
    return VisitRow(visit.number, state_of(visit), url, _acts(visit, booking))


def _acts(visit: HomeVisit, booking: str) -> list[NextAct]:
    match visit.step:
        case VisitStep.PLANNED:
            return [_risk_check(booking)] if booking else []
        case VisitStep.CHECKED:
            return [_act(_("On my way"), "visit_leave", visit)]
        case VisitStep.LEFT:
            return [_act(_("I am there"), "visit_check_in", visit)]
        case VisitStep.CHECKED_IN:
            end = visit.expected_end_at.isoformat() if visit.expected_end_at else ""
            longer = NextAct(_("+15 min"), _url("visit_extend", visit), name="end", value=end)
            return [_act(_("I am done"), "visit_finish", visit), longer]
    return []


def _risk_check(booking: str) -> NextAct:
    return NextAct(_("Risk check"), reverse("safety:risk_check", args=[booking]), is_post=False)


def _act(label: str, name: str, visit: HomeVisit) -> NextAct:
    return NextAct(label, _url(name, visit))


def _url(name: str, visit: HomeVisit) -> str:
    return reverse(f"safety:{name}", args=[visit.public_id])
