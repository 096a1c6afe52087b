"""Merges: of a pupil at north, of one at south, and in the other municipality."""

from typing import TYPE_CHECKING

from students.models import Student, StudentMerge

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_merges(world: "World") -> None:
    """Rows for `students_studentmerge`: own, south, away; each with the record that went in."""
    by = {"own": "coordinator", "south": "coordinator", "away": "away_coordinator"}
    for name, user in by.items():
        kept = world.students[name]
        absorbed = _absorbed(kept)
        world.add(f"merged_{name}", absorbed)
        merge = StudentMerge.objects.create(
            kept=kept,
            school_id=kept.school_id,
            absorbed=absorbed,
            absorbed_public_id=absorbed.public_id,
            absorbed_alias=absorbed.alias,
            merged_by=world.users[user],
        )
        world.add(name, merge)


def _absorbed(kept: Student) -> Student:
    """As a merge leaves it: a bare record, without name or enrolment."""
    return Student.objects.create(
        school=kept.school, school_form=kept.school_form, grade=kept.grade, merged_into=kept
    )
