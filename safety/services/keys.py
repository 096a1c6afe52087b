"""The visit key: without a session the phone ends or prolongs its visit and calls for help (ADR 0029)."""

from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import User
from operations.models import Link, LinkKind
from operations.services import make_link, open_link
from safety.models import KEY_OUTLIVES_END, LONGEST, HomeVisit
from visits.models import Booking


def give_key(*, visit: HomeVisit, by: User) -> str:
    """A new key of the visit; it lives four hours longer than the expected end, and ends with the visit."""
    end = visit.expected_end_at
    if end is None:
        planned = Booking.objects.visible_to(by).filter(pk=visit.booking_id).first()
        end = max(planned.ends_at, timezone.now()) if planned else timezone.now()
    last = timezone.now() + LONGEST + KEY_OUTLIVES_END
    return make_link(
        kind=LinkKind.VISIT_KEY,
        by=by,
        object_id=visit.public_id,
        expires_at=min(end + KEY_OUTLIVES_END, last),
    )


def has_key(*, visit: HomeVisit, by: User) -> bool:
    """Whether a key that `by` was given opens the visit."""
    keys = Link.objects.visible_to(by).usable().filter(kind=LinkKind.VISIT_KEY)
    return keys.filter(object_id=visit.public_id).exists()


def open_key(*, token: str) -> HomeVisit | None:
    """The visit, open to whoever holds its key for the rest of this transaction; None for no such key."""
    link = open_link(kind=LinkKind.VISIT_KEY, token=token)
    if link is None or link.object_id is None:
        return None
    return HomeVisit.objects.held_by(None).filter(public_id=link.object_id).first()


def end_keys(*, public_id: UUID) -> int:
    """The phone is lost: end every key of the visit. Returns how many there were; none of others' visits."""
    with connection.cursor() as cursor:
        cursor.execute("select withdraw_visit_keys(%s)", [public_id])
        (ended,) = cursor.fetchone()
    return int(ended)
