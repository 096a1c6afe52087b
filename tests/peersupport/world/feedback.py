"""Questions about contacts and their answers; those of a pupil bear the pupil's name.

colleagues_name  about the contact that the peer supporter wrote in a colleague's name
closed           about the peer supporter's own contact, closed by the coordinator of the school
"""

from typing import TYPE_CHECKING

from peersupport.demo.factories import FeedbackAnswerFactory, FeedbackFactory

if TYPE_CHECKING:
    from tests.peersupport.world import World

ASKED_BY = {
    "own": "coordinator",
    "ended": "coordinator",
    "south": "coordinator",
    "colleague": "school_coordinator",
    "colleagues_name": "school_coordinator",
    "away": "away_coordinator",
}


def add_feedback(world: "World") -> None:
    for name, asker in ASKED_BY.items():
        part = world["visits_participation", name]
        feedback = world.add(
            name, FeedbackFactory(participation=part, made_by=world.users[asker], text=question(name))
        )
        if name != "colleagues_name":
            world.add(name, FeedbackAnswerFactory(feedback=feedback, text=answer(name)))
    part, by = world["visits_participation", "own"], world.users["school_coordinator"]
    world.add("closed", FeedbackFactory(participation=part, made_by=by, closed_by=by))


def question(name: str) -> str:
    return f"Fråga om {name}?"


def answer(name: str) -> str:
    return f"Svar om {name}."
