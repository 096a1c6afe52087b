"""One booking for each of several pupils, made by their supporter or a coordinator."""

from typing import Any

from peersupport.demo.factories import BookingFactory

ROWS = {
    "own": "peer_supporter",
    "protected": "coordinator",
    "colleague": "school_coordinator",
    "ended": "coordinator",
    "south": "coordinator",
    "away": "away",
}


def add_bookings(world: Any) -> None:
    for name, by in ROWS.items():
        assignment = world["students_assignment", name]
        world.add(name, BookingFactory(assignment=assignment, made_by=world.users[by]))
