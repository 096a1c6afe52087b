"""Time without a pupil: of the actor who is peer supporter, a colleague, one at south, and the other municipality."""

from typing import TYPE_CHECKING

from django.utils import timezone

from peersupport.demo.factories import OtherTimeFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_other_time(world: "World") -> None:
    for name in ("own", "colleague", "south", "away"):
        world.add(name, OtherTimeFactory(supporter=world.supporters[name]))
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": world.users["peer_supporter"]}
    world.add("withdrawn", OtherTimeFactory(supporter=world.supporters["own"], **withdrawn))
