"""Referrals: sent, answered, accepted. Each change of status is written beside the change itself."""

from django.db import connection, transaction

from accounts.models import User
from peersupport.lib.names import search_key
from students.models import (
    Case,
    ConsentState,
    Referral,
    ReferralStatus,
    ReferralStatusChange,
    Student,
)
from students.models.referral import OPEN_STATUSES
from students.services.cases import open_case
from students.services.errors import AlreadyDecided
from students.services.names import Name
from students.services.protection import seal_referrals
from students.services.students import register_student


@transaction.atomic
def send_referral(*, referral: Referral, by: User) -> Referral:
    """Save a filled-in `referral`, not yet in the database, as new and from `by`."""
    referral.referred_by = by
    referral.status = ReferralStatus.REQUESTED
    referral.search_key = search_key(referral.given_name, referral.called, referral.family_name)
    referral.save(force_insert=True)
    _note_status(referral, by, "")
    return referral


@transaction.atomic
def accept_referral(
    *,
    referral: Referral,
    by: User,
    student: Student | None = None,
    name: Name | None = None,
    consent: str = "",
    answer: str = "",
) -> Case:
    """Open a support period for `student`, or for a new pupil when None.

    `name` is the sealed name of a new protected pupil, whom the referral does not name. `consent` is what
    is known now, the referral's own when empty. Raises AlreadyDecided, OpenCaseExists.
    """
    referral = _locked(referral, by)
    student = student or register_student(referral=referral, by=by, name=name)
    referral.student, referral.status = student, ReferralStatus.ACCEPTED
    referral.save(update_fields=["student", "status"])
    _note_status(referral, by, answer)
    if student.protection != referral.protection:
        seal_referrals(student=student)
    has_consent = (consent or referral.consent) == ConsentState.OBTAINED
    return open_case(referral=referral, student=student, by=by, has_consent=has_consent)


@transaction.atomic
def decline_referral(*, referral: Referral, by: User, reason: str) -> None:
    """Answer no, and why. Raises AlreadyDecided."""
    _change_status(referral, by, ReferralStatus.DECLINED, reason)


@transaction.atomic
def await_consent(*, referral: Referral, by: User, reason: str = "") -> None:
    """Note that the referral waits until a guardian or the pupil has consented. Raises AlreadyDecided."""
    _change_status(referral, by, ReferralStatus.AWAITING_CONSENT, reason)


@transaction.atomic
def withdraw_referral(*, referral: Referral, reason: str) -> None:
    """Take it back, by whoever sent it or a colleague at the school: the owner's function checks who asks.

    Raises AlreadyDecided when there is an answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("select withdraw_referral(%s, %s)", [referral.pk, reason])
        if cursor.fetchone()[0] != "done":
            raise AlreadyDecided


def _change_status(referral: Referral, by: User, status: ReferralStatus, reason: str) -> None:
    locked = _locked(referral, by)
    locked.status = status
    locked.save(update_fields=["status"])
    _note_status(locked, by, reason)


def _locked(referral: Referral, by: User) -> Referral:
    """The row, held until the transaction ends: of two who decide at once the second sees the answer."""
    row = Referral.objects.visible_to(by).select_for_update().filter(pk=referral.pk).first()
    # None: while we waited it was linked to a new pupil, whom this statement's snapshot does not know yet.
    if row is None or row.status not in OPEN_STATUSES:
        raise AlreadyDecided
    return row


def _note_status(referral: Referral, by: User, reason: str) -> None:
    ReferralStatusChange.objects.create(
        referral=referral, school_id=referral.school_id, status=referral.status, by=by, reason=reason
    )
