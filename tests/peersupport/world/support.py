"""Referrals, support periods, and who supports whom."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from peersupport.demo.factories import AssignmentFactory, CaseFactory, ReferralFactory
from peersupport.lib.dates import today
from students.models import ReferralStatus, ReferralStatusChange
from tests.peersupport.world.names import family_name

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_support(world: "World") -> None:
    supporter_of = {name: "own" for name in ("own", "ended", "upcoming", "protected")}
    supporter_of |= {"colleague": "colleague", "south": "south", "away": "away"}
    for name in (*supporter_of, "moved"):
        student = world.students[name]
        by = world.users["away_coordinator" if name == "away" else "coordinator"]
        case = CaseFactory(student=student, referral=_referral(world, name, student), opened_by=by)
        world.add(name, case)
        if name in supporter_of:
            supporter = world.supporters[supporter_of[name]]
            world.add(name, AssignmentFactory(case=case, supporter=supporter, **_period(name)))
    north = world.schools["north"]
    for name, by in {"new": "school_staff", "staffs_new": "staff"}.items():
        words = {"referred_by": world.users[by], "family_name": family_name(name)}
        world.add(name, ReferralFactory(school=north, **words))
    for name, by in {
        "own": "coordinator",
        "new": "school_staff",
        "south": "staff",
        "away": "away",
    }.items():
        referral = world["students_referral", name]
        step = {"school_id": referral.school_id, "status": referral.status, "by": world.users[by]}
        world.add(name, ReferralStatusChange.objects.create(referral=referral, **step))


def _referral(world: "World", name: str, student: Any) -> Any:
    """Accepted; at the pupil's school, but where the pupil has moved since."""
    by = "school_staff" if name == "own" else "away" if name == "away" else "staff"
    words = {"given_name": "Alva", "family_name": family_name(name)}
    if name == "protected":
        words = {"given_name": "", "family_name": "", "search_key": ""}
    referral = ReferralFactory(
        school=world.schools["north"] if name == "moved" else student.school,
        student=student,
        status=ReferralStatus.ACCEPTED,
        protection=student.protection,
        referred_by=world.users[by],
        **words,
    )
    return world.add(name, referral)


def _period(name: str) -> dict[str, Any]:
    if name == "ended":
        return {"ended": True}
    return {"starts_on": today() + timedelta(days=1)} if name == "upcoming" else {}
