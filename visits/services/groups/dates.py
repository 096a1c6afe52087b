"""The dates of a group: made from a rule, then moved, cancelled and restored one by one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import moment_at
from students.services.errors import violated_constraint
from visits.models import GroupContact, GroupDate, GroupDateStatus, GroupLeader, GroupSeries
from visits.services.bookings import InThePast, NoLongerPlanned
from visits.services.busy import (
    DoubleBooked,
    PupilTaken,
    Span,
    TakenTime,
    in_one_place,
    participants_taken,
    taken_times,
)
from visits.services.contacts import Overtaken
from visits.services.groups.telling import tell_of_cancelling, tell_of_move, tell_of_restoring

MOST_DATES = 60


class SameTime(Exception):
    """The group meets at that time already."""


class GroupHasEnded(Exception):
    """The group has ended, or ends before that day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """From `first` to `last`, every `weeks` weeks at `at` for `minutes`, but on no day of `without`."""

    first: date
    last: date
    at: time
    minutes: int
    weeks: int = 1
    without: tuple[tuple[date, date], ...] = ()

    def days(self) -> Iterator[date]:
        """The days it names."""
        day = self.first
        while day <= self.last:
            if not any(begin <= day <= end for begin, end in self.without):
                yield day
            day += timedelta(weeks=self.weeks)

    def times(self) -> list[tuple[datetime, datetime]]:
        """When each begins and ends: the clock shows the same, whatever summer time does.

        Raises NoSuchTime.
        """
        starts = [moment_at(day, self.at) for day in self.days()]
        return [(start, start + timedelta(minutes=self.minutes)) for start in starts]


@transaction.atomic
def add_dates(
    *, group: GroupSeries, by: User, times: Iterable[Span], skip_taken: bool = False, asks: bool = False
) -> list[GroupDate]:
    """Write down when the group meets; a time it has already is passed over. Returns those that are new.

    Raises GroupHasEnded; DoubleBooked when somebody who leads it has something else at one of them, unless
    such times are to be passed over too; and if it `asks`, PupilTaken.
    """
    asked, now = list(times), timezone.now()  # one moment for all: they can be taken away together
    if skip_taken:
        busy = {one.starts_at for one in leaders_taken(group=group, by=by, times=asked)}
        asked = [one for one in asked if one[0] not in busy]
    dates = GroupDate.objects.visible_to(by).filter(series=group)
    present = set(
        dates.filter(starts_at__in=[start for start, _end in asked]).values_list("starts_at", flat=True)
    )
    new = [
        GroupDate(
            series=group,
            school_id=group.school_id,
            starts_at=starts_at,
            ends_at=ends_at,
            made_by=by,
            created_at=now,
        )
        for starts_at, ends_at in asked
        if starts_at not in present
    ]
    spans = [(one.starts_at, one.ends_at) for one in new]
    with _refusals(group, by, spans):
        GroupDate.objects.bulk_create(new, ignore_conflicts=True)
    if asks and (taken := participants_taken(group=group, times=spans)):
        raise PupilTaken(taken)
    return new


def leaders_taken(
    *, group: GroupSeries, by: User, times: Sequence[Span], but: Collection[GroupDate] = ()
) -> list[TakenTime]:
    """Who of those who lead the group has something else at which of the times."""
    leading = GroupLeader.objects.visible_to(by).leading().filter(series=group)
    return taken_times(users=list(leading.values_list("user_id", flat=True)), times=times, but=but)


@transaction.atomic
def take_away_dates(*, group_date: GroupDate, by: User) -> int:
    """Undo `add_dates`: take away what `by` wrote down together with this one; returns how many went.

    What has been moved, cancelled or written about since stays: somebody may have been told.
    """
    together = GroupDate.objects.led_by(by).filter(
        series=group_date.series_id, made_by=by, created_at=group_date.created_at, version=1
    )
    written = GroupContact.objects.visible_to(by).filter(date=OuterRef("pk"))
    untouched = list(together.filter(~Exists(written)).values_list("pk", flat=True))
    gone, _of_which = GroupDate.objects.visible_to(by).filter(pk__in=untouched).delete()
    return gone


@transaction.atomic
def move_date(
    *,
    group_date: GroupDate,
    by: User,
    version: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    asks: bool = False,
) -> None:
    """Change when or where, if it is still at `version`; each participant is told alone.

    Raises Overtaken, NoLongerPlanned, InThePast, SameTime, GroupHasEnded, DoubleBooked; and if it `asks`,
    PupilTaken.
    """
    row = _held(group_date, by)
    if row.version != version:
        raise Overtaken
    before, place_before = row.starts_at, row.place
    if starts_at != before and starts_at < timezone.now():
        raise InThePast
    asks = asks and (starts_at, ends_at) != (before, row.ends_at)
    if (starts_at, place) != (before, place_before):
        row.moved_at, row.moved_by = timezone.now(), by
    row.starts_at, row.ends_at, row.place, row.version = starts_at, ends_at, place, version + 1
    with _refusals(row.series, by, [(starts_at, ends_at)], but=row):
        row.save(update_fields=["starts_at", "ends_at", "place", "moved_at", "moved_by", "version"])
    if asks and (taken := participants_taken(group=row.series, times=[(starts_at, ends_at)])):
        raise PupilTaken(taken)
    tell_of_move(group_date=row, by=by, before=before, place_before=place_before)


@contextmanager
def _refusals(
    group: GroupSeries, by: User, times: Sequence[Span], but: GroupDate | None = None
) -> Iterator[None]:
    """What the database refuses, as what it means."""
    try:
        with in_one_place():
            yield
    except DoubleBooked:
        dates = [but] if but else []
        raise DoubleBooked(leaders_taken(group=group, by=by, times=times, but=dates)) from None
    except IntegrityError as error:
        refusal = REFUSALS.get(violated_constraint(error))
        if refusal is None:
            raise
        raise refusal from None


REFUSALS = {"groupdate_once": SameTime, "groupdate_of_a_group_that_goes_on": GroupHasEnded}


CANCELLED = ("status", "cancelled_at", "cancelled_by", "cancelled_because", "cancel_note", "version")


@transaction.atomic
def cancel_date(*, group_date: GroupDate, by: User, because: str, note: str = "") -> None:
    """Cancel it, and let each participant be told alone. Raises NoLongerPlanned."""
    row = _held(group_date, by)
    row.status, row.version = GroupDateStatus.CANCELLED, row.version + 1
    row.cancelled_at, row.cancelled_by = timezone.now(), by
    row.cancelled_because, row.cancel_note = because, note
    row.save(update_fields=CANCELLED)
    tell_of_cancelling(group_date=row, by=by)


NOT_CANCELLED: dict[str, Any] = {
    "status": GroupDateStatus.PLANNED,
    "cancelled_at": None,
    "cancelled_by": None,
    "cancelled_because": "",
    "cancel_note": "",
}


@transaction.atomic
def restore_date(*, group_date: GroupDate, by: User) -> None:
    """Undo the cancelling; twice is the same as once. Who has been told otherwise is told again.

    Raises DoubleBooked when the time has been taken since, GroupHasEnded.
    """
    cancelled = GroupDate.objects.led_by(by).filter(pk=group_date.pk, status=GroupDateStatus.CANCELLED)
    span = (group_date.starts_at, group_date.ends_at)
    with _refusals(group_date.series, by, [span]):
        back = cancelled.update(**NOT_CANCELLED, version=F("version") + 1)
    if back:
        tell_of_restoring(group_date=group_date, by=by)


def _held(group_date: GroupDate, by: User) -> GroupDate:
    """The row, held until the transaction ends."""
    row = GroupDate.objects.led_by(by).select_for_update().planned().filter(pk=group_date.pk).first()
    if row is None:
        raise NoLongerPlanned
    return row
