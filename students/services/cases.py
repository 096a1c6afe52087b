"""Support periods: opened by an accepted referral, steered, paused, ended and reopened by coordinators."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import day_of, start_of_day, today
from peersupport.lib.relations import related_rows
from schools.codes import Chosen
from students.models import Assignment, Case, CaseStatus, CaseStatusChange, Referral, Student
from students.services.errors import (
    CaseClosed,
    CaseOpen,
    ContactAfterEnd,
    EditConflict,
    NotPaused,
    OpenCaseExists,
    violated_constraint,
)

A_MINUTE = timedelta(minutes=1)


def open_case(*, referral: Referral, student: Student, by: User, has_consent: bool) -> Case:
    """Open a support period. Raises OpenCaseExists when the pupil has one that is not ended."""
    try:
        with transaction.atomic():
            return Case.objects.create(
                referral=referral,
                student=student,
                school_id=student.school_id,
                reason=referral.reason,
                status=CaseStatus.MAPPING if has_consent else CaseStatus.AWAITING_CONSENT,
                opened_by=by,
            )
    except IntegrityError as error:
        if violated_constraint(error) != "case_one_open_per_student":
            raise
        raise OpenCaseExists from None


@transaction.atomic
def edit_case(
    *,
    case: Case,
    by: User,
    version: int,
    purposes: Sequence[Chosen],
    review_on: date | None,
    status: str = "",
) -> None:
    """Save purposes, next review and, unless empty, status. A pause and an end have services of their own.

    Of an own purpose the national one behind it is saved too, so that reports can count by those.
    Raises EditConflict when `version` is not the one saved now, CaseClosed.
    """
    row = _locked(case, by, version)
    before = row.status
    row.status, row.review_on = status or before, review_on
    row.purposes = list(dict.fromkeys(chosen.code for chosen in purposes))
    row.local_purposes = [chosen.local_id for chosen in purposes if chosen.local_id]
    _save(row, "status", "purposes", "local_purposes", "review_on")
    if row.status != before:
        _note_change(row, before, by)


@transaction.atomic
def pause_case(*, case: Case, by: User, version: int, until: date, reason: str) -> int:
    """Let the support rest to and including `until`; returns how many bookings that cancels.

    The supporter keeps the pupil. Raises EditConflict, CaseClosed.
    """
    row = _locked(case, by, version)
    before = row.status
    row.status, row.paused_until = CaseStatus.PAUSED, until
    _save(row, "status", "paused_until")
    _note_change(row, before, by, until=until, reason=reason)
    cancelled: int = _bookings(row, by).cancel_for_pause(until, by=by)
    return cancelled


@transaction.atomic
def resume_case(*, case: Case, by: User, version: int) -> None:
    """Go on after a pause. Raises EditConflict, CaseClosed, NotPaused."""
    row = _locked(case, by, version)
    if row.status != CaseStatus.PAUSED:
        raise NotPaused
    row.status, row.paused_until = CaseStatus.ACTIVE, None
    _save(row, "status", "paused_until")
    _note_change(row, CaseStatus.PAUSED, by)


@transaction.atomic
def close_case(
    *, case: Case, by: User, version: int, last_day: date, end_reason: str, reason: str = "", learnt: str = ""
) -> int:
    """End the support; `last_day` is today or earlier. Returns how many bookings that cancels.

    All assignments end now, and with them the supporters' access, the same second. Raises EditConflict,
    CaseClosed, ContactAfterEnd.
    """
    row = _locked(case, by, version)
    _refuse_contacts_after(row, by, last_day)
    before, now = row.status, timezone.now()
    row.status, row.paused_until, row.closed_by = CaseStatus.CLOSED, None, by
    row.closed_at = now if last_day == today() else start_of_day(last_day + timedelta(days=1)) - A_MINUTE
    _save(row, "status", "paused_until", "closed_by", "closed_at")
    _end_assignments(row, by, last_day, now)
    _note_change(row, before, by, until=last_day, end_reason=end_reason, reason=reason, learnt=learnt)
    cancelled: int = _bookings(row, by).cancel_for_end(last_day, by=by)
    return cancelled


@transaction.atomic
def reopen_case(*, case: Case, by: User, version: int, reason: str, has_consent: bool) -> None:
    """Go on with the same support period (ADR 19); the pupil waits for a supporter from today.

    Raises EditConflict, CaseOpen, OpenCaseExists.
    """
    row = _held(case, by)
    if row.status != CaseStatus.CLOSED:
        raise CaseOpen
    if row.version != version:
        raise EditConflict
    row.status = CaseStatus.MAPPING if has_consent else CaseStatus.AWAITING_CONSENT
    row.closed_at, row.closed_by, row.waiting_since = None, None, today()
    try:
        with transaction.atomic():
            _save(row, "status", "closed_at", "closed_by", "waiting_since")
    except IntegrityError as error:
        if violated_constraint(error) != "case_one_open_per_student":
            raise
        raise OpenCaseExists from None
    _note_change(row, CaseStatus.CLOSED, by, reason=reason)


def _held(case: Case, by: User) -> Case:
    """The row, held until the transaction ends: of two at once the second sees what the first did."""
    return Case.objects.visible_to(by).select_for_update().get(pk=case.pk)


def _locked(case: Case, by: User, version: int) -> Case:
    row = _held(case, by)
    if row.status == CaseStatus.CLOSED:
        raise CaseClosed
    if row.version != version:
        raise EditConflict
    return row


def _save(row: Case, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _note_change(row: Case, before: str, by: User, **fields: Any) -> None:
    CaseStatusChange.objects.create(
        case=row,
        student_id=row.student_id,
        school_id=row.school_id,
        before=before,
        after=row.status,
        by=by,
        **fields,
    )


def _bookings(row: Case, by: User) -> Any:
    return related_rows(Case, "bookings").visible_to(by).filter(case=row)


def _refuse_contacts_after(row: Case, by: User, last_day: date) -> None:
    parts = related_rows(Case, "participations").visible_to(by).filter(case=row)
    latest = parts.order_by("-occurred_at").values_list("occurred_at", flat=True).first()
    if latest is not None and day_of(latest) > last_day:
        raise ContactAfterEnd(day_of(latest))


def _end_assignments(row: Case, by: User, last_day: date, now: datetime) -> None:
    """End them all; one that went on after `last_day` also gets that as its last day."""
    running = Assignment.objects.visible_to(by).filter(case=row, ended_at__isnull=True)
    if last_day < today():
        longer = running.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day))
        longer.update(ends_on=Greatest(F("starts_on"), Value(last_day, DateField())))
    running.update(ended_at=now, ended_by=by, version=F("version") + 1)  # why: the support ended
