"""A pupil changes school: at once, on a day to come, or when the new school's coordinator agrees (ADR 17)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from schools.models import Membership, Role, School
from students.models import Assignment, SchoolMove, Student
from students.services.errors import EditConflict, EnrolmentTooEarly, Refused
from supporters.models import Placement


class MovePlannedAlready(Refused):
    """The pupil has a change of school that is not carried out yet."""


class MoveGone(Refused):
    """It has been answered, called off or carried out meanwhile; or the school cannot be chosen."""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where a pupil is to go to school; `school` None: outside the organisation, `left_for` may name it."""

    school: School | None
    left_for: str
    school_form: str
    grade: int | None  # None: not stated
    valid_from: date


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change of school brings with it; supporters with whether they are placed there."""

    loses: list[str]
    gains: list[str]
    supporters: list[tuple[str, bool]]
    needs_answer: bool


def consequences(*, student: Student, to: School | None, by: User) -> Consequences:
    """Who sees the pupil afterwards, who no longer does, and whether the supporters are placed there."""
    coordinators = (
        Membership.objects.visible_to(by)
        .holding_today()
        .filter(role=Role.COORDINATOR, organisation=by.acting.organisation_id)
        .select_related("user")
    )
    by_school: dict[int | None, set[str]] = {}
    for one in coordinators:
        by_school.setdefault(one.school_id, set()).add(one.user.name)
    everywhere, new = by_school.get(None, set()), by_school.get(to.pk, set()) if to else set()
    old = by_school.get(student.school_id, set())
    return Consequences(
        loses=sorted(old - new - everywhere) if to else [],
        gains=sorted(new - old - everywhere),
        supporters=_supporters(student, to, by),
        needs_answer=to is not None and to.pk not in by.acting.schools,
    )


def _supporters(student: Student, to: School | None, by: User) -> list[tuple[str, bool]]:
    holding = Assignment.objects.visible_to(by).not_over().filter(student=student)
    supporters = {
        one.supporter_id: one.supporter.user.name for one in holding.select_related("supporter__user")
    }
    placed = Placement.objects.visible_to(by).holding_today().filter(supporter__in=supporters, school=to)
    there = set(placed.values_list("supporter_id", flat=True)) if to else set()
    return [(name, pk in there) for pk, name in supporters.items()]


@transaction.atomic
def change_school(*, student: Student, by: User, version: int, to: NewPlace, ends_support: bool) -> str:
    """ "moved", "planned" for a day to come, or "asked" when `by` does not see the new school.

    Raises EditConflict, MovePlannedAlready, EnrolmentTooEarly, MoveGone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select plan_school_move(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                student.pk,
                version,
                to.school.pk if to.school else None,
                to.left_for,
                to.school_form,
                to.grade,
                to.valid_from,
                ends_support,
                _("The pupil has changed school"),
            ],
        )
        answer = str(cursor.fetchone()[0])
    refusals = {
        "changed": EditConflict,
        "pending": MovePlannedAlready,
        "too_early": EnrolmentTooEarly,
        "foreign": MoveGone,
        "gone": MoveGone,
    }
    if answer in refusals:
        raise refusals[answer]
    return answer


@transaction.atomic
def answer_school_move(*, move: SchoolMove, accept: bool, answer: str = "") -> str:
    """The word of a coordinator of the new school: "moved", "planned" or "declined". Raises MoveGone."""
    with connection.cursor() as cursor:
        cursor.execute("select answer_school_move(%s, %s, %s)", [move.pk, accept, answer])
        done = str(cursor.fetchone()[0])
    if done == "gone":
        raise MoveGone
    return done


@transaction.atomic
def cancel_school_move(*, move: SchoolMove) -> None:
    """Call it off before it is carried out. Raises MoveGone."""
    with connection.cursor() as cursor:
        cursor.execute("select cancel_school_move(%s)", [move.pk])
        if cursor.fetchone()[0] != "done":
            raise MoveGone


def pending_move(*, student: Student, by: User) -> SchoolMove | None:
    """The pupil's change of school that is planned or asked for."""
    moves = SchoolMove.objects.visible_to(by).pending().filter(student=student)
    return moves.select_related("to_school", "asked_by").first()


def declined_move(*, student: Student, by: User) -> SchoolMove | None:
    """The latest change of school, if a coordinator of the new school has said no; `answer` says why."""
    latest = SchoolMove.objects.visible_to(by).filter(student=student).order_by("-pk")
    found = latest.select_related("to_school", "cancelled_by").first()
    return found if found and found.cancelled_at and found.answer else None


def begin_day() -> dict[str, int]:
    """What a new day brings: changes of school that take effect, traces of merges that are too old.

    For a daily job and `manage.py begin_day`; as often as one likes. Needs no scope.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select apply_school_moves(), forget_old_merges()")
        moved, forgotten = cursor.fetchone()
    return {"moved": int(moved), "forgotten": int(forgotten)}
