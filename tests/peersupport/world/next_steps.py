"""Steps written without a contact; of one's own pupil one's own and a coordinator's."""

from typing import Any

from visits.models import NextStep

# row → (pupil, written by)
ROWS = {
    "own": ("own", "peer_supporter"),
    "own_coordinators": ("own", "coordinator"),
    "ended": ("ended", "school_coordinator"),
    "south": ("south", "coordinator"),
    "away": ("away", "away_coordinator"),
}


def add_next_steps(world: Any) -> None:
    for name, (student, by) in ROWS.items():
        case = world["students_case", student]
        of_case = {"case": case, "student": case.student, "school_id": case.school_id}
        world.add(name, NextStep.objects.create(text="Ses igen.", written_by=world.users[by], **of_case))
