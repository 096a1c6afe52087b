"""Who supports whom, from when to when, and whether there is room."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.relations import related_rows
from students.models import Assignment, AssignmentKind, Case, CaseStatus
from students.services.errors import (
    AlreadyEnded,
    CapacityReached,
    CaseClosed,
    MainSupporterExists,
    NotAccepting,
    violated_constraint,
)
from supporters.models import PeerSupporter


@transaction.atomic
def assign(
    *,
    case: Case,
    supporter: PeerSupporter,
    by: User,
    starts_on: date,
    ends_on: date | None,
    trial_until: date | None,
    reason: str,
    over_capacity_reason: str = "",
) -> Assignment:
    """Make `supporter` the main supporter of `case`, also over capacity when a reason for that is given.

    The supporter's row is locked first and the pupils counted afterwards, so that of two coordinators on
    the last place one gets it. Raises CapacityReached, NotAccepting, MainSupporterExists, CaseClosed.
    """
    capacity = _lock_and_measure(supporter, by)
    is_full = open_assignments()[supporter.pk] >= capacity
    if is_full and not over_capacity_reason:
        raise CapacityReached
    current = Case.objects.visible_to(by).select_for_update().get(pk=case.pk)
    if current.status == CaseStatus.CLOSED:
        raise CaseClosed
    assignment = _insert(
        current,
        supporter=supporter,
        starts_on=starts_on,
        ends_on=ends_on,
        trial_until=trial_until,
        reason=reason,
        over_capacity_reason=over_capacity_reason if is_full else "",
        made_by=by,
    )
    if ends_on is not None:  # nobody is the main supporter from the day after
        Case.objects.visible_to(by).filter(pk=case.pk).update(waiting_since=ends_on + timedelta(days=1))
    return assignment


def _lock_and_measure(supporter: PeerSupporter, by: User) -> int:
    """For how many pupils the supporter has time; their row stays locked until the transaction ends."""
    mine = PeerSupporter.objects.visible_to(by).filter(pk=supporter.pk).values("pk")
    row = PeerSupporter.objects.select_for_update(of=("self",)).filter(pk__in=mine, is_accepting=True).first()
    if row is None:
        raise NotAccepting
    measured: Any = PeerSupporter.objects.filter(pk__in=mine).with_capacity()
    capacity: int = measured.values_list("capacity", flat=True).get()
    return capacity


def _insert(case: Case, **fields: Any) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                case=case, student_id=case.student_id, school_id=case.school_id, **fields
            )
    except IntegrityError as error:
        if violated_constraint(error) != "assignment_one_main_at_a_time":
            raise
        raise MainSupporterExists from None


def open_assignments() -> dict[int, int]:
    """How many pupils each supporter in the scope is the main supporter of, today or later, at all schools.

    Asks the owner's function: a coordinator of one school sees only that school's assignments.
    """
    with connection.cursor() as cursor:
        cursor.execute("select supporter_id, open_assignments from supporter_loads()")
        return dict(cursor.fetchall())


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User, reason: str) -> None:
    """End it now: the supporter's access to the pupil ends the same second, and what they had planned is
    cancelled. Raises AlreadyEnded.
    """
    ended = (
        Assignment.objects.visible_to(by)
        .filter(pk=assignment.pk, ended_at__isnull=True)
        .update(ended_at=timezone.now(), ended_by=by, end_reason=reason, version=F("version") + 1)
    )
    if not ended:
        raise AlreadyEnded
    if assignment.kind == AssignmentKind.MAIN:
        Case.objects.visible_to(by).filter(pk=assignment.case_id).update(waiting_since=today())
    of_case = Assignment.objects.visible_to(by).filter(
        case=assignment.case_id, supporter=assignment.supporter_id
    )
    if not of_case.not_over().exists():  # not also the stand-in, say
        bookings = related_rows(Case, "bookings").visible_to(by)
        bookings = bookings.filter(case=assignment.case_id, supporter=assignment.supporter_id)
        bookings.cancel_for_end(today(), by=by)
