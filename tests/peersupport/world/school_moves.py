"""Changes of school: out of north, into north, out of the municipality, and in the other one."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from peersupport.lib.dates import today
from students.models import SchoolMove

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_school_moves(world: "World") -> None:
    """own: north to south, planned; incoming: south to north, asked; outside: the one who moved leaves; away."""
    schools = world.schools
    _add(world, "own", world.students["own"], schools["south"], "coordinator", accepted=True)
    _add(world, "incoming", world.students["south"], schools["north"], "coordinator", accepted=False)
    _add(world, "outside", world.students["moved"], None, "coordinator", accepted=True)
    _add(world, "away", world.students["away"], None, "away_coordinator", accepted=True)


def _add(world, name, student, to_school, by, *, accepted):
    user = world.users[by]
    move = SchoolMove.objects.create(
        student=student,
        school_id=student.school_id,
        is_protected=False,
        alias=student.alias,
        to_school=to_school,
        school_form="GR",
        valid_from=today() + timedelta(days=30),
        asked_by=user,
        accepted_at=timezone.now() if accepted else None,
        accepted_by=user if accepted else None,
    )
    world.add(name, move)
