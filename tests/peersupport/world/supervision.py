"""What supporters want to bring up in supervision, each in their own list; `elsewhere` is the peer supporter's, of the
other municipality."""

from typing import TYPE_CHECKING

from visits.models import SupervisionTopic

if TYPE_CHECKING:
    from tests.peersupport.world import World

TOPICS = {
    "own": "peer_supporter",
    "colleague": "colleague",
    "south": "south",
    "away": "away",
    "elsewhere": "peer_supporter",
}


def add_supervision_topics(world: "World") -> None:
    for name, author in TOPICS.items():
        organisation = world.away if name in {"away", "elsewhere"} else world.home
        row = {"organisation": organisation, "author": world.users[author], "text": topic(name)}
        world.add(name, SupervisionTopic.objects.create(**row))


def topic(name: str) -> str:
    return f"Ämne {name}"
