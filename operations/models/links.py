"""Links: a door for somebody without an account, or without a session, to one thing for a while."""

import uuid
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from peersupport.lib.history import not_tracked


class LinkKind(models.TextChoices):
    """What a link opens. A new kind gets its lifetime below and its policies as role `link`."""

    INVITATION = "invitation"
    VISIT_KEY = "visit_key"
    CALENDAR = "calendar"  # its holder's own bookings, for the calendar of a phone


LIFETIMES: dict[str, timedelta] = {
    LinkKind.INVITATION: timedelta(days=14),
    LinkKind.VISIT_KEY: timedelta(hours=16),  # at most; its maker says when (docs/adr/0029)
    LinkKind.CALENDAR: timedelta(days=90),  # from the last fetch on
}


class LinkQuerySet(models.QuerySet["Link"]):
    def visible_to(self, user: Any) -> Self:
        """Those `user` has made."""
        return self.filter(made_by_id=user.pk)

    def usable(self) -> Self:
        """Neither used, withdrawn nor run out."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


@not_tracked("says itself who made, used and withdrew it")
class Link(models.Model):
    """One link: the digest of its token, what it is for, and until when. The token itself is kept nowhere.

    Ids without foreign keys: operations stands below what links are for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=LinkKind)
    token_digest = models.CharField(max_length=64, unique=True)
    object_id = models.UUIDField(null=True)  # the thing it is for, by its public_id; NULL: no such thing
    user_id = models.BigIntegerField(null=True)  # whose rights it carries, not whom it was sent to
    student_id = models.BigIntegerField(null=True)  # the pupil whose page it opens
    # Of a calendar: initials besides the time. Never of a protected pupil.
    shows_initials = models.BooleanField(default=False, db_default=False)
    made_by_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(null=True)
    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link"
        constraints = [
            models.CheckConstraint(
                name="link_withdrawn_by_someone",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by_id__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="link_one_calendar_each",
                fields=["user_id"],
                condition=Q(kind="calendar", withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["object_id", "kind"], name="link_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


@not_tracked("a log itself, written once")
class LinkOpening(models.Model):
    """One opening of a link that could be opened. Written by the function that opens it, never changed.

    Of a calendar, which is fetched all day long, only the latest stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "link opening"

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%Y-%m-%d %H:%M}"
