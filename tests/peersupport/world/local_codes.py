"""An own value in each municipality's code lists."""

from typing import TYPE_CHECKING

from peersupport.demo.factories import LocalCodeFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_local_codes(world: "World") -> None:
    for name, organisation in (("home", world.home), ("away", world.away)):
        world.add(name, LocalCodeFactory(organisation=organisation))
