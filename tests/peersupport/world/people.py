"""Who works there, and by whose leave."""

from typing import TYPE_CHECKING, Any

from peersupport.demo.factories import MembershipFactory, UserFactory
from schools.models import Role
from tests.peersupport.world.names import ACTORS

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_people(world: "World") -> None:
    world.users = {name: UserFactory(is_active=name != "deactivated") for name in ACTORS[:-1]}
    for name in ("colleague", "south", "away", "away_coordinator", "staff"):
        world.users[name] = UserFactory()
    home, north = {"organisation": world.home}, {"school": world.schools["north"]}
    away = {"organisation": world.away}
    # By the operator, who needs nobody's leave:
    _member(world, "coordinator", Role.COORDINATOR, **home)
    _member(world, "school_coordinator", Role.COORDINATOR, **north)
    _member(world, "lead", Role.LEAD, **home)
    _member(world, "admin", Role.ADMIN, **home)
    _member(world, "reviewer", Role.REVIEWER, **home)
    _member(world, "ended", Role.COORDINATOR, ended=True, **home)
    _member(world, "away", Role.PEER_SUPPORTER, **away)
    _member(world, "away_coordinator", Role.COORDINATOR, **away)
    # By those who may grant:
    coordinator, admin = world.users["coordinator"], world.users["admin"]
    _member(world, "peer_supporter", Role.PEER_SUPPORTER, granted_by=coordinator, **home)
    _member(world, "colleague", Role.PEER_SUPPORTER, granted_by=coordinator, **home)
    _member(world, "south", Role.PEER_SUPPORTER, granted_by=coordinator, confirmed_by=admin, **home)
    _member(world, "school_staff", Role.SCHOOL_STAFF, granted_by=coordinator, **north)
    _member(world, "staff", Role.SCHOOL_STAFF, granted_by=world.users["school_coordinator"], **north)
    _member(world, "supervisor", Role.SUPERVISOR, granted_by=admin, confirmed_by=admin, **home)
    _member(world, "unconfirmed", Role.COORDINATOR, granted_by=admin, unconfirmed=True, **home)
    _member(world, "deactivated", Role.COORDINATOR, granted_by=admin, **home)


def _member(world: "World", name: str, role: Role, **fields: Any) -> None:
    world.add(name, MembershipFactory(user=world.users[name], role=role, **fields))
