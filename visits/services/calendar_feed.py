"""A supporter's own calendar feed: its address, made anew or withdrawn, and its times (docs/adr/0032)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from operations.models import LIFETIMES, Link, LinkKind
from operations.services import make_link, open_link, own_link, withdraw_links

BACK, AHEAD = timedelta(days=30), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class FeedTime:
    """One time as the feed has it; both moments aware, `initials` empty unless chosen."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    version: int
    is_cancelled: bool
    initials: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program gets: the times in order, and the language of whose they are."""

    language: str  # empty: the installation's
    fetched_at: datetime
    times: tuple[FeedTime, ...]


def feed_link(*, by: User) -> Link | None:
    """The feed that `by` has, with `last_opened_at`; None: none that opens."""
    return own_link(kind=LinkKind.CALENDAR, by=by)


@transaction.atomic
def renew_feed(*, by: User, shows_initials: bool) -> str:
    """Give `by` a new feed and return its token, kept nowhere. The one before opens no more."""
    # Held, so that of two at once the later one withdraws the earlier one's.
    User.objects.select_for_update().get(pk=by.pk)
    withdraw_feed(by=by)
    return make_link(kind=LinkKind.CALENDAR, by=by, user_id=by.pk, shows_initials=shows_initials)


def withdraw_feed(*, by: User) -> int:
    """Close the feed; returns how many were open. Twice is the same as once."""
    return withdraw_links(kind=LinkKind.CALENDAR, by=by)


def open_feed(*, token: str) -> Feed | None:
    """The feed with this token, which lives on from now; None when it does not open.

    From here to the end of the transaction whoever asks is the link.
    """
    if open_link(kind=LinkKind.CALENDAR, token=token) is None:
        return None
    now = timezone.now()
    with connection.cursor() as cursor:
        asked: list[Any] = [LIFETIMES[LinkKind.CALENDAR]]
        cursor.execute("select keep_feed(%s)", asked)
        language: str = cursor.fetchone()[0]
        cursor.execute("select * from feed_rows(%s, %s)", [now - BACK, now + AHEAD])
        times = tuple(FeedTime(uid_of(kind, row), *rest) for kind, row, *rest in cursor.fetchall())
    return Feed(language, now, times)


def uid_of(kind: str, row: int) -> UUID:
    """What names a time in every feed: the same each time, and to whoever reads it as good as random."""
    digest = salted_hmac("visits.calendar_feed", f"{kind} {row}", algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=5)
