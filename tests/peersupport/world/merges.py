"""Merges: of a pupil at north, of one at south, and in the other municipality."""

from typing import TYPE_CHECKING

from accounts.models import User
from students.models import Student, StudentMerge

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_merges(world: "World") -> None:
    """Rows for `students_studentmerge`: own, south, away; each with the record that went in."""
    by = {"own": "coordinator", "south": "coordinator", "away": "away_coordinator"}
    for name, user in by.items():
        merge = add_merge(kept=world.students[name], by=world.users[user])
        world.add(f"merged_{name}", merge.absorbed)
        world.add(name, merge)


def add_merge(*, kept: Student, by: User) -> StudentMerge:
    """As it is left: what went in is a bare record, without name or enrolment."""
    absorbed = Student.objects.create(
        school=kept.school, school_form=kept.school_form, grade=kept.grade, merged_into=kept
    )
    return StudentMerge.objects.create(
        kept=kept,
        school_id=kept.school_id,
        absorbed=absorbed,
        absorbed_public_id=absorbed.public_id,
        absorbed_alias=absorbed.alias,
        merged_by=by,
    )
