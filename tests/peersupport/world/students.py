"""Pupils, what is known of them, and how they are protected."""

from typing import TYPE_CHECKING, Any

from accounts.models import User
from peersupport.demo.factories import GuardianFactory, StudentFactory
from students.models import NamedPerson, ProtectionChange, Whereabouts
from tests.peersupport.world.names import family_name, guardian_name

if TYPE_CHECKING:
    from tests.peersupport.world import World

_AT_NORTH = ("own", "colleague", "ended", "upcoming", "protected", "unreferred")


def add_students(world: "World") -> None:
    world.students = {}
    for name in (*_AT_NORTH, "moved", "south", "away"):
        place = "south" if name in {"moved", "south"} else "away" if name == "away" else "north"
        protection = "marked" if name == "protected" else "none"
        student = StudentFactory(
            school=world.schools[place],
            protection=protection,
            given_name="Alva",
            family_name=family_name(name),
        )
        world.students[name] = world.add(name, student)
        world.add(name, student.identity)
        world.add(name, student.enrolments.get())
        if name in {"own", "protected", "south", "away"}:
            world.add(name, GuardianFactory(student=student, family_name=guardian_name(name)))
            world.add(name, Whereabouts.objects.create(student=student, school_id=student.school_id))
    _protection(world)


def _protection(world: "World") -> None:
    by = {"south": "coordinator", "protected": "school_coordinator", "away": "away_coordinator"}
    for name, user in by.items():
        student = world.students[name]
        change = {"before": "none", "after": "marked", "changed_by": world.users[user]}
        world.add(
            name, ProtectionChange.objects.create(student=student, school_id=student.school_id, **change)
        )
    for name, chosen, chooser in (
        ("coordinator", "coordinator", "coordinator"),
        ("colleague", "colleague", "school_coordinator"),
        ("lead", "lead", "coordinator"),
    ):
        _named(world, name, world.students["protected"], world.users[chosen], world.users[chooser])
    _named(world, "away", world.students["away"], world.users["away"], world.users["away_coordinator"])


def _named(world: "World", name: str, student: Any, user: User, by: User) -> None:
    row = NamedPerson.objects.create(student=student, school_id=student.school_id, user=user, chosen_by=by)
    world.add(name, row)
