"""Support periods: opened by an accepted referral, steered by coordinators."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from schools.codes import Chosen
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
    *,
    case: Case,
    by: User,
    version: int,
    status: str,
    purposes: Sequence[Chosen],
    review_on: date | None,
) -> None:
    """Save status, purposes and next review. Raises EditConflict when `version` is not the one saved now.

    Of an own purpose the national one behind it is saved too, so that reports can count by those.
    """
    national = dict.fromkeys(chosen.code for chosen in purposes)
    own = [chosen.local_id for chosen in purposes if chosen.local_id]
    updated = (
        Case.objects.visible_to(by)
        .open()
        .filter(pk=case.pk, version=version)
        .update(
            status=status,
            purposes=list(national),
            local_purposes=own,
            review_on=review_on,
            version=F("version") + 1,
        )
    )
    if not updated:
        raise EditConflict
