"""Two records of one pupil made one, and two again. The owner's functions do it and check who asks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from students.models import (
    Assignment,
    AssignmentKind,
    Case,
    Enrolment,
    NamedPerson,
    Student,
    StudentMerge,
)
from students.services.errors import EditConflict, Refused
from students.services.names import searches_for
from supporters.models import PeerSupporter


class MergedAlready(Refused):
    """One of the two is not to be seen any more: somebody was first."""


class NotToBeMerged(Refused):
    """A protected record is never put into an unprotected one."""


class CannotUndo(Refused):
    """Why a merge stays as it is: `reason` is "too_late", "merged_on", "conflict", "undone" or "gone"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is kept and who goes in. A protected record is always the one that is kept (ADR 17)."""

    kept: Student
    absorbed: Student

    @classmethod
    def of(cls, first: Student, second: Student) -> "Pair":
        """`first` is kept, unless only `second` is protected."""
        if second.is_protected and not first.is_protected:
            return cls(second, first)
        return cls(first, second)


@dataclass(slots=True)
class Comparison:
    """What stands beside each other on the page; lists are [of the kept, of the absorbed]."""

    cases: list[Case | None]  # the open support period of each
    mains: list[PeerSupporter | None]  # who supports today
    has_whereabouts: list[bool]
    same_named: int = 0  # people who may open the name of both
    same_days: int = 0  # enrolments of the same day

    @property
    def both_supported(self) -> bool:
        return all(self.cases)


def find_pair(*, ids: Sequence[Any], by: User) -> list[Student]:
    """The pupils with these public ids among those `by` sees, in this order, with names."""
    found = {
        one.public_id: one for one in Student.objects.visible_to(by).with_names().filter(public_id__in=ids)
    }
    return [found[one] for one in ids if one in found]


def compare(*, pair: Pair, by: User) -> Comparison:
    """What each of the two has: one query a noun, none a row."""
    ids = [pair.kept.pk, pair.absorbed.pk]
    cases = {one.student_id: one for one in Case.objects.visible_to(by).open().filter(student__in=ids)}
    holding = (
        Assignment.objects.visible_to(by).holding_today().filter(student__in=ids, kind=AssignmentKind.MAIN)
    )
    mains = {one.student_id: one.supporter for one in holding.select_related("supporter__user")}
    enrolled = _of_both(Enrolment.objects.visible_to(by), ids, "valid_from")
    named = _of_both(NamedPerson.objects.visible_to(by), ids, "user_id")
    return Comparison(
        cases=[cases.get(one) for one in ids],
        mains=[mains.get(one) for one in ids],
        has_whereabouts=_with_whereabouts(ids),
        same_named=len(named[ids[0]] & named[ids[1]]),
        same_days=len(enrolled[ids[0]] & enrolled[ids[1]]),
    )


def _of_both(rows: Any, ids: list[int], column: str) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = {one: set() for one in ids}
    for student, value in rows.filter(student__in=ids).order_by().values_list("student_id", column):
        found[student].add(value)
    return found


def _with_whereabouts(ids: list[int]) -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute("select has_whereabouts(%s)", [ids])
        having = {row[0] for row in cursor.fetchall()}
    return [one in having for one in ids]


def searches_of(student: Student) -> list[list[str]]:
    """What to look for to find others of the same name; nothing for one whose name is sealed."""
    identity = getattr(student, "identity", None)
    return searches_for(identity.given_name, identity.family_name) if identity else []


@transaction.atomic
def merge_students(
    *, pair: Pair, by: User, versions: tuple[int, int], choices: dict[str, str]
) -> StudentMerge:
    """Put all of `pair.absorbed` into `pair.kept`.

    `choices` says field by field whose words stand: "kept", "absorbed" or, of what works, "both". Raises
    MergedAlready, EditConflict when one is not at the version shown, NotToBeMerged.
    """
    said = {**choices, "end_reason": _("Two records of the pupil were merged")}
    answer = _ask(
        "select merge_students(%s, %s, %s, %s, %s::jsonb)",
        [pair.kept.pk, pair.absorbed.pk, *versions, said],
    )
    if answer == "gone":
        raise MergedAlready
    if answer == "changed":
        raise EditConflict
    if answer != "done":
        raise NotToBeMerged
    return StudentMerge.objects.visible_to(by).standing().get(absorbed=pair.absorbed.pk)


@transaction.atomic
def unmerge_students(*, merge: StudentMerge) -> None:
    """Two records again, each as it was; what came afterwards stays with the one that was kept.

    Raises CannotUndo.
    """
    answer = _ask("select unmerge_students(%s)", [merge.pk])
    if answer != "done":
        raise CannotUndo(answer)


def _ask(statement: str, values: list[Any]) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [_as_json(value) for value in values])
            return str(cursor.fetchone()[0])
    except IntegrityError:  # a rule of a table that the functions do not know how to keep
        return "conflict"


def _as_json(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def moved_rows(*, merge: StudentMerge) -> dict[str, int]:
    """How many rows of which table went to the kept pupil; empty when that is forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name, moved from merge_facts(%s)", [merge.pk])
        return dict(cursor.fetchall())


def merge_of(*, ids: Sequence[Any], by: User) -> StudentMerge | None:
    """The merge that took one of these pupils away; for whoever comes too late."""
    merges = StudentMerge.objects.visible_to(by).standing().filter(absorbed_public_id__in=ids)
    return merges.first()


def merges_of(*, student: Student, by: User) -> list[StudentMerge]:
    """Those that the pupil was kept in, the latest first."""
    found = StudentMerge.objects.visible_to(by).filter(kept=student).select_related("merged_by", "undone_by")
    return list(found)
