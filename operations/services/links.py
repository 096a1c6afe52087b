"""Making, opening, using and withdrawing links (docs/adr/0014)."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from operations.models import LIFETIMES, Link, LinkKind


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link that is open for the rest of this transaction, and what it is for."""

    pk: UUID
    kind: LinkKind
    object_id: UUID | None
    user_id: int | None
    student_id: int | None
    expires_at: datetime


def make_link(
    *,
    kind: LinkKind,
    by: Any,
    object_id: UUID | None = None,
    user_id: int | None = None,
    student_id: int | None = None,
    expires_at: datetime | None = None,
    shows_initials: bool = False,
) -> str:
    """Make a link and return its token, 256 bits; it is kept nowhere, so put it into the mail at once.

    `object_id` is the public_id of the thing it is for. `user_id` gives the link that user's rights (never
    another's than `by`): leave it out where the link is only sent to somebody. `expires_at` where the kind's
    lifetime is not the thing's own.
    """
    token = secrets.token_urlsafe(32)
    Link.objects.create(
        kind=kind,
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        object_id=object_id,
        user_id=user_id,
        student_id=student_id,
        shows_initials=shows_initials,
        made_by_id=by.pk,
        expires_at=expires_at or timezone.now() + LIFETIMES[kind],
    )
    return token


def open_link(*, kind: LinkKind, token: str) -> OpenedLink | None:
    """Open a link for the rest of this transaction, logged; None when it is not one that can be opened.

    Whoever was in scope no longer is: from here on the link is who asks, and the policies of `link` hold.
    """
    if "\0" in token:  # typed by somebody; PostgreSQL takes no such text
        return None
    with connection.cursor() as cursor:
        cursor.execute("select * from open_link(%s, %s)", [token, kind])
        row = cursor.fetchone()
    return OpenedLink(row[0], kind, *row[1:]) if row else None


def use_link(*, link: OpenedLink) -> bool:
    """Use up an opened link; False when another got there first. For a POST: mail scanners open links."""
    return bool(Link.objects.usable().filter(pk=link.pk).update(used_at=timezone.now()))


def withdraw_links(*, kind: LinkKind, by: Any, object_id: UUID | None = None) -> int:
    """Withdraw what is left of the links that `by` has made for this thing, or for none; returns how many.

    One that has run out too: it could not be opened, but stands in the way of another.
    """
    links = Link.objects.visible_to(by).filter(kind=kind, object_id=object_id)
    links = links.filter(used_at=None, withdrawn_at=None)
    return links.update(withdrawn_at=timezone.now(), withdrawn_by_id=by.pk)


def own_link(*, kind: LinkKind, by: Any) -> Link | None:
    """The link with `by`'s own rights that opens today, with `last_opened_at`; None when there is none."""
    links = Link.objects.visible_to(by).usable().filter(kind=kind, user_id=by.pk)
    links = links.only("created_at", "expires_at", "shows_initials")  # the digest is nobody's to read
    return links.annotate(last_opened_at=Max("openings__at")).first()


def first_openings(*, kind: LinkKind, object_ids: Iterable[UUID], by: Any) -> dict[UUID, datetime]:
    """When a link that `by` has made for each thing was first opened; things without an opening are left out.

    It proves that the mail arrived, not that anybody read it: scanners of mail open links too.
    """
    links = Link.objects.visible_to(by).filter(kind=kind, object_id__in=list(object_ids))
    # The latest first, so that of several links for one thing the earliest opening stays.
    opened = links.annotate(first=Min("openings__at")).filter(first__isnull=False).order_by("-first")
    return {row.object_id: row.first for row in opened.only("object_id") if row.object_id}
