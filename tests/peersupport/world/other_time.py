"""Time without a pupil, spent and planned: of the actor who is peer supporter, a colleague, one at south, and the other municipality."""

from typing import TYPE_CHECKING

from django.utils import timezone

from peersupport.demo.factories import AppointmentFactory, OtherTimeFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_other_time(world: "World") -> None:
    for name in ("own", "colleague", "south", "away"):
        world.add(name, OtherTimeFactory(supporter=world.supporters[name]))
        world.add(name, AppointmentFactory(supporter=world.supporters[name]))
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": world.users["peer_supporter"]}
    world.add("withdrawn", OtherTimeFactory(supporter=world.supporters["own"], **withdrawn))
    by = {"made_by": world.users["coordinator"], "cancelled_by": world.users["coordinator"]}
    world.add(
        "cancelled",
        AppointmentFactory(supporter=world.supporters["own"], cancelled_at=timezone.now(), **by),
    )
