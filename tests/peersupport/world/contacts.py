"""Contacts with pupils, and one that counts heads."""

from typing import TYPE_CHECKING, Any

from peersupport.demo.factories import ContactFactory
from tests.peersupport.world.names import note
from visits.models import Contact

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_contacts(world: "World") -> None:
    for name in ("own", "ended", "colleague", "south", "away"):
        _contact(world, name, ContactFactory(assignment=world["students_assignment", name], note=note(name)))
    assignment = world["students_assignment", "own"]
    for name in ("coordinator", "school_coordinator"):
        by = {"author": world.users[name], "supporter": None}
        _contact(world, name, ContactFactory(assignment=assignment, note=note(name), **by))
    # In a colleague's name: nobody may write that.
    named = {"author": world.users["peer_supporter"], "supporter": world.supporters["colleague"]}
    _contact(
        world, "colleagues_name", ContactFactory(assignment=assignment, note=note("colleagues_name"), **named)
    )

    # Of no pupil, so that nobody else has it either.
    heads = {"author": world.users["peer_supporter"], "supporter": world.supporters["own"], "head_count": 7}
    world.add("heads", Contact.objects.create(kind="break_presence", minutes=30, **heads))


def _contact(world: "World", name: str, contact: Any) -> None:
    world.add(name, contact)
    participation = world.add(name, contact.participations.get())
    world.add(name, participation.note)
