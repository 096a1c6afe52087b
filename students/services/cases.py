"""Support periods: opened by an accepted referral, steered by coordinators."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from students.models import Case, CaseStatus, Referral, Student
from students.services.errors import EditConflict, OpenCaseExists, violated_constraint


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
    *, case: Case, by: User, version: int, status: str, purposes: list[str], review_on: date | None
) -> None:
    """Save status, purposes and next review. Raises EditConflict when `version` is not the one saved now."""
    updated = (
        Case.objects.visible_to(by)
        .open()
        .filter(pk=case.pk, version=version)
        .update(status=status, purposes=purposes, review_on=review_on, version=F("version") + 1)
    )
    if not updated:
        raise EditConflict
