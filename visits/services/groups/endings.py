"""A group ends: what was to come is cancelled, each is told alone, and within a week it can be undone."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import start_of_day
from visits.models import GroupCancelledBecause, GroupDate, GroupDateStatus, GroupSeries
from visits.services.busy import DoubleBooked, in_one_place
from visits.services.contacts import Overtaken
from visits.services.groups.dates import NOT_CANCELLED
from visits.services.groups.telling import tell_of_end, tell_of_reopening

UNDO = timedelta(days=7)


class HasMetSince(Exception):
    """The group has met after the day that is to be its last."""


class TooLateToReopen(Exception):
    """It ended longer ago than UNDO: those who came count on it. A new series is begun instead."""


@transaction.atomic
def end_group(
    *, group: GroupSeries, by: User, version: int, last_day: date, reason: str, note: str = ""
) -> int:
    """End it with `last_day`, which may be to come, if it is still at `version`.

    What is planned after that day, and has not begun, is cancelled; returns how many dates. What is written
    of those that were held stays, and can be completed. Raises Overtaken, HasMetSince.
    """
    now = timezone.now()
    after = start_of_day(last_day + timedelta(days=1))
    dates = GroupDate.objects.led_by(by).planned().filter(series=group, starts_at__gte=after)
    if dates.filter(starts_at__lte=now).exists():
        raise HasMetSince
    list(dates.select_for_update().order_by("pk"))  # the dates before the group, as whoever moves one does
    going_on = GroupSeries.objects.led_by(by).filter(pk=group.pk, version=version, ended_at__isnull=True)
    ending = {"ended_on": last_day, "ended_at": now, "ended_by": by, "end_reason": reason, "end_note": note}
    if not going_on.update(**ending, version=F("version") + 1):
        raise Overtaken
    dates.update(
        status=GroupDateStatus.CANCELLED,
        cancelled_at=now,
        cancelled_by=by,
        cancelled_because=GroupCancelledBecause.ENDED,
        version=F("version") + 1,
    )
    cancelled = _cancelled_with(group, now, by)
    tell_of_end(dates=cancelled, by=by)
    return len(cancelled)


def _cancelled_with(group: GroupSeries, ended_at: datetime | None, by: User) -> list[GroupDate]:
    """What was cancelled when the group ended, and is not over; the earliest first."""
    rows = GroupDate.objects.led_by(by).filter(
        series=group,
        cancelled_at=ended_at,
        cancelled_because=GroupCancelledBecause.ENDED,
        ends_at__gt=timezone.now(),
    )
    return list(rows.order_by("starts_at", "pk"))


def can_reopen(group: GroupSeries) -> bool:
    """Whether it has ended, and so lately that it can be undone."""
    return group.ended_at is not None and group.ended_at > timezone.now() - UNDO


@transaction.atomic
def reopen_group(*, group: GroupSeries, by: User) -> list[GroupDate]:
    """Undo the ending; twice is the same as once. Who has been told is told that it goes on.

    Returns the dates that stay cancelled, because somebody who leads the group has something else by now.
    Raises TooLateToReopen.
    """
    row = GroupSeries.objects.led_by(by).filter(pk=group.pk, ended_at__isnull=False).first()
    if row is None:
        return []
    if not can_reopen(row):
        raise TooLateToReopen
    dates = _cancelled_with(row, row.ended_at, by)
    held = GroupDate.objects.led_by(by).filter(pk__in=[one.pk for one in dates])
    list(held.select_for_update().order_by("pk"))
    ended = GroupSeries.objects.led_by(by).filter(pk=row.pk, ended_at=row.ended_at)
    nothing = {"ended_on": None, "ended_at": None, "ended_by": None, "end_reason": "", "end_note": ""}
    if not ended.update(**nothing, version=F("version") + 1):
        return []
    left = [one for one in dates if not _restored(one, by)]
    back = [one for one in dates if one not in left]
    tell_of_reopening(dates=dates, back=back, by=by)
    return left


def _restored(group_date: GroupDate, by: User) -> bool:
    row = GroupDate.objects.led_by(by).filter(pk=group_date.pk, status=GroupDateStatus.CANCELLED)
    try:
        with in_one_place():
            row.update(**NOT_CANCELLED, version=F("version") + 1)
    except DoubleBooked:
        return False
    return True
