"""Peer supporters, where they are placed, and what they have lived through."""

from datetime import timedelta
from typing import TYPE_CHECKING

from peersupport.demo.factories import LivedExperienceFactory, PeerSupporterFactory, PlacementFactory
from peersupport.lib.dates import today

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_supporters(world: "World") -> None:
    supervisor, schools = world.users["supervisor"], world.schools
    places = {"own": "north", "colleague": "north", "south": "south", "away": "away"}
    world.supporters = {}
    for name, place in places.items():
        world.supporters[name] = PeerSupporterFactory(
            user=world.users["peer_supporter" if name == "own" else name],
            organisation=schools[place].organisation,
            supervisor=supervisor if name == "own" else None,
            school=None,
        )
        world.add(name, world.supporters[name])
        world.add(name, PlacementFactory(supporter=world.supporters[name], school=schools[place]))
        sharing = "nobody" if name == "own" else "team"
        world.add(name, LivedExperienceFactory(supporter=world.supporters[name], sharing=sharing))
    year_ago = today() - timedelta(days=400)
    earlier = {"starts_on": year_ago, "ends_on": year_ago + timedelta(days=30)}
    world.add(
        "earlier", PlacementFactory(supporter=world.supporters["own"], school=schools["north"], **earlier)
    )
