"""Breaks of each school, and one of all schools at home."""

from typing import TYPE_CHECKING

from peersupport.demo.factories import SchoolBreakFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_school_breaks(world: "World") -> None:
    world.add("home", SchoolBreakFactory(organisation=world.home))
    for name, school in world.schools.items():
        world.add(name, SchoolBreakFactory(organisation=school.organisation, school=school))
