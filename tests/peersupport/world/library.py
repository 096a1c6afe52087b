"""A link in each municipality's library, and one that is taken out."""

from typing import TYPE_CHECKING

from django.utils import timezone

from peersupport.demo.factories import LibraryLinkFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_library(world: "World") -> None:
    keeper, away = world.users["coordinator"], world.users["away_coordinator"]
    world.add("own", LibraryLinkFactory(organisation=world.home, changed_by=keeper))
    world.add("away", LibraryLinkFactory(organisation=world.away, changed_by=away))
    taken_out = {"withdrawn_at": timezone.now(), "withdrawn_by": keeper}
    world.add("withdrawn", LibraryLinkFactory(organisation=world.home, changed_by=keeper, **taken_out))
