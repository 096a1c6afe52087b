"""Two municipalities and an association, their schools, and a contact at each."""

from typing import TYPE_CHECKING

from peersupport.demo.factories import OrganisationFactory, SchoolContactFactory, SchoolFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_places(world: "World") -> None:
    world.home = world.add("home", OrganisationFactory())
    world.away = world.add("away", OrganisationFactory())
    world.add("association", OrganisationFactory(kind="association"))
    world.schools = {
        "north": world.add("north", SchoolFactory(organisation=world.home)),
        "south": world.add("south", SchoolFactory(organisation=world.home)),
        "away": world.add("away", SchoolFactory(organisation=world.away)),
    }
    for name, school in world.schools.items():
        world.add(name, SchoolContactFactory(school=school))
