"""Time without a pupil: written, changed, withdrawn and put back, by the supporter alone."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from supporters.models import PeerSupporter
from visits.models import OtherTime, OtherTimeQuerySet
from visits.services.contacts import Overtaken, check_moment


class NoProfile(Exception):
    """Whoever writes has no profile as a supporter in the organisation acted in."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a row says. `starts_at` aware, `minutes` 1 to 720, `travel_km` to the tenth."""

    kind: str
    starts_at: datetime
    minutes: int
    travel_km: Decimal = Decimal(0)
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "starts_at": self.starts_at,
            "minutes": self.minutes,
            "travel_km": self.travel_km,
            "note": self.note,
        }


def all_other_time(*, by: User) -> OtherTimeQuerySet:
    """What `by` may see, the withdrawn rows too: for the pages that withdraw and put back."""
    return OtherTime.objects.with_withdrawn(by)


def own_other_time(*, by: User) -> OtherTimeQuerySet:
    """The supporter's own rows, the withdrawn ones too: those they may change."""
    return all_other_time(by=by).filter(supporter__user=by)


@transaction.atomic
def write_other_time(*, by: User, spent: Spent) -> OtherTime:
    """Save time of one's own. Raises NoProfile, InTheFuture, TooLongAgo."""
    check_moment(spent.starts_at)
    supporter = PeerSupporter.objects.visible_to(by).filter(user=by).first()
    if supporter is None:
        raise NoProfile
    row = OtherTime(supporter=supporter, **spent.columns)
    row.save(force_insert=True)
    return row


@transaction.atomic
def edit_other_time(*, row: OtherTime, by: User, version: int, spent: Spent) -> None:
    """Change it, if it is still at `version`. Raises Overtaken, InTheFuture, TooLongAgo.

    A moment that is left as it was may be older than the limit.
    """
    if spent.starts_at != row.starts_at:
        check_moment(spent.starts_at)
    same = own_other_time(by=by).filter(pk=row.pk, version=version, withdrawn_at__isnull=True)
    if not same.update(**spent.columns, version=F("version") + 1):
        raise Overtaken


def withdraw_other_time(*, row: OtherTime, by: User) -> None:
    """Let it count nowhere any more; twice is the same as once."""
    standing = own_other_time(by=by).filter(pk=row.pk, withdrawn_at__isnull=True)
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by, version=F("version") + 1)


def put_back_other_time(*, row: OtherTime, by: User) -> None:
    """Let it count again, as it was; twice is the same as once."""
    withdrawn = own_other_time(by=by).filter(pk=row.pk, withdrawn_at__isnull=False)
    withdrawn.update(withdrawn_at=None, withdrawn_by=None, version=F("version") + 1)
