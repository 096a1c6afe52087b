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

    # Of no pupil, but of a school; from before the school was asked for, of nobody but the author.
    heads = {"author": world.users["peer_supporter"], "supporter": world.supporters["own"], "head_count": 7}
    kind = {"kind": "break_presence", "minutes": 30}
    world.add("heads", Contact.objects.create(school=world.schools["north"], **kind, **heads))
    world.add("heads_nowhere", Contact.objects.create(**kind, **heads))


def _contact(world: "World", name: str, contact: Any) -> None:
    world.add(name, contact)
    participation = world.add(name, contact.participations.get())
    world.add(name, participation.note)
