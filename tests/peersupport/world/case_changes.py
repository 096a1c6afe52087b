"""Support that has changed its status, noted by different coordinators."""

from typing import Any

from students.models import CaseStatusChange

ROWS = {
    "own": "coordinator",
    "ended": "school_coordinator",
    "south": "coordinator",
    "away": "away_coordinator",
}


def add_case_changes(world: Any) -> None:
    for name, by in ROWS.items():
        case = world["students_case", name]
        of_case = {"case": case, "student": case.student, "school_id": case.school_id}
        step = {"before": "mapping", "after": "active", "by": world.users[by]}
        world.add(name, CaseStatusChange.objects.create(**of_case, **step))
