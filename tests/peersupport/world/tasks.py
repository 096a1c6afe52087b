"""Tasks. Those about a pupil bear the pupil's name, for the pupil's supporter; the others:

about_own            about the pupil own, from the peer supporter to the coordinator
supporters           the peer supporter's, about nobody
to_coordinator       from the peer supporter, about nobody
to_colleague         from the coordinator to another supporter, about nobody
school_coordinators  the school coordinator's, about nobody
elsewhere            the coordinator's, but given in the other municipality
"""

from typing import TYPE_CHECKING

from peersupport.demo.factories import TaskFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World

# name: (about whom, who does it, who gave it)
TASKS = {
    "own": ("own", "peer_supporter", "coordinator"),
    "ended": ("ended", "peer_supporter", "coordinator"),
    "colleague": ("colleague", "colleague", "school_coordinator"),
    "south": ("south", "south", "coordinator"),
    "away": ("away", "away", "away_coordinator"),
    "about_own": ("own", "coordinator", "peer_supporter"),
    "supporters": (None, "peer_supporter", "peer_supporter"),
    "to_coordinator": (None, "coordinator", "peer_supporter"),
    "to_colleague": (None, "colleague", "coordinator"),
    "school_coordinators": (None, "school_coordinator", "school_coordinator"),
    "elsewhere": (None, "coordinator", "away_coordinator"),
}


def add_tasks(world: "World") -> None:
    for name, (student, owner, maker) in TASKS.items():
        people = {"owner": world.users[owner], "made_by": world.users[maker]}
        organisation = world.away if name in {"away", "elsewhere"} else world.home
        about = world.students[student] if student else None
        world.add(name, TaskFactory(organisation=organisation, student=about, title=title(name), **people))


def title(name: str) -> str:
    return f"Uppgift {name}"
