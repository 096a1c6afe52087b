"""Around one's own pupil a teacher and a friend; around the protected one two whom nobody sees by name."""

from typing import Any

from peersupport.demo.factories import PersonAroundFactory

# row → (pupil, kind, added by)
ROWS = {
    "own_teacher": ("own", "professional", "coordinator"),
    "own_friend": ("own", "own", "peer_supporter"),
    "protected": ("protected", "professional", "school_coordinator"),
    "protected_friend": ("protected", "own", "peer_supporter"),
    "south": ("south", "professional", "coordinator"),
    "away": ("away", "professional", "away_coordinator"),
}


def add_people_around(world: Any) -> None:
    for name, (student, kind, by) in ROWS.items():
        row = PersonAroundFactory(
            student=world.students[student], kind=kind, name=around_name(name), added_by=world.users[by]
        )
        world.add(name, row)


def around_name(name: str) -> str:
    """One of its kind, so that it can be looked for on pages."""
    return f"{name.title().replace('_', '')}person"
