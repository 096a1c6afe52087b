"""What accounts does: writes the log of reads, ends sessions."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import DatabaseError, transaction
from django.http import HttpRequest

from accounts.models import AccessLog, AccessLogAction, Session, User
from peersupport.scope import scope


class OfStudent(Protocol):
    """What the log needs to know of a pupil on a page."""

    pk: int
    school_id: int


def record_reads(
    *,
    by: User,
    page: str,
    students: Sequence[OfStudent],
    action: AccessLogAction = AccessLogAction.READ,
    filter_name: str = "",
    reason: str = "",
    request_id: str = "",
) -> None:
    """Write one log row for the pupils shown on `page`: ids only.

    In the page's transaction: no log, no page.
    """
    acting = by.acting
    AccessLog.objects.bulk_create(
        [
            AccessLog(
                user_id=by.pk,
                membership_id=acting.membership_id,
                organisation_id=acting.organisation_id,
                role=acting.role,
                action=action,
                page=page,
                student_ids=[student.pk for student in students],
                school_ids=_distinct(student.school_id for student in students),
                count=len(students),
                filter_name=filter_name,
                reason=reason,
                request_id=request_id,
            )
        ]
    )


def _distinct(ids: Iterable[int]) -> list[int]:
    return sorted(set(ids))


def record_refusal(*, by: User, request: HttpRequest, page: str, status: int) -> None:
    """Write a denied or failed read in its own short transaction.

    Never raises: the answer is already made.
    """
    membership = getattr(getattr(by, "acting", None), "membership_id", None)
    try:
        with transaction.atomic(), scope(by, membership=membership):
            AccessLog.objects.bulk_create(
                [
                    AccessLog(
                        user_id=by.pk,
                        membership_id=by.acting.membership_id,
                        organisation_id=by.acting.organisation_id,
                        role=by.acting.role,
                        action=AccessLogAction.DENIED,
                        page=page,
                        reason=str(status),
                        request_id=getattr(request, "request_id", ""),
                    )
                ]
            )
    except DatabaseError:
        # The database is away or read-only; the web server's own log has the refusal by its status.
        return


def end_sessions(*, of: User, keep: str | None = None) -> int:
    """Sign `of` out everywhere, but for the session with the key `keep`; returns how many ended."""
    ended, _ = Session.objects.filter(user=of).exclude(session_key=keep or "").delete()
    return ended
