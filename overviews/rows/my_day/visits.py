"""Home visits on Min dag: each one's next act, as the one button of its row."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
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


MOMENTS = ("checked_at", "left_at", "checked_in_at", "expected_end_at", "ended_at")
TOLD = ("public_id", "number", "company", "ended_how", *MOMENTS)


@dataclass(frozen=True, slots=True)
class MyVisit:
    """One of my visits; `booking` is its booking's public id, "" where the pupil is mine no more."""

    visit: HomeVisit
    booking: str


def of_supporter(user: User) -> ArraySubquery:
    """Under a profile: its visits that are not over, and those that ended today."""
    booking = Booking.objects.visible_to(user).filter(pk=OuterRef("booking"))
    since_midnight = Q(ended_at__isnull=True) | Q(ended_at__gte=start_of_day(today()))
    mine = HomeVisit.objects.held_by(user).filter(since_midnight, supporter=OuterRef("pk"))
    told = {name: name for name in TOLD} | {"booking": Subquery(booking.values("public_id")[:1])}
    return ArraySubquery(mine.order_by("pk").values(it=JSONObject(**told)))


def my_visits(told: Iterable[dict[str, Any]]) -> list[MyVisit]:
    """What `of_supporter` has told of, as visits."""
    return [_my_visit(dict(one)) for one in told]


def _my_visit(told: dict[str, Any]) -> MyVisit:
    booking = told.pop("booking") or ""
    moments = {name: datetime.fromisoformat(told[name]) for name in MOMENTS if told[name]}
    return MyVisit(HomeVisit(**told | moments), booking)


def by_booking(visits: Iterable[MyVisit]) -> dict[str, HomeVisit]:
    """The latest visit of each booking, by the booking's public id."""
    return {mine.booking: mine.visit for mine in visits if mine.booking}


def apart_from(visits: Iterable[MyVisit], shown: Collection[str]) -> list[VisitRow]:
    """Visits begun whose number is not `shown` in a row: noted already, or the pupil is mine no more."""
    begun = {VisitStep.LEFT, VisitStep.CHECKED_IN}
    return [
        visit_row(mine.visit)
        for mine in visits
        if mine.visit.step in begun and mine.visit.number not in shown
    ]


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
