"""Nobody is in two places at once: what the database refuses, and what may be said of why (docs/adr/0026).

A pupil may have two things at once; that is only asked about, once, before it is saved.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from accounts.models import User
from schools.codes import CONTACT_KIND, words_of
from students.services.errors import violated_constraint
from visits.models import Booking, BusySource, GroupDate, GroupSeries

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class TakenTime:
    """That a person has something else at the time that begins at `starts_at`."""

    user_id: int
    starts_at: datetime


class DoubleBooked(Exception):
    """Someone it needs has something else then, perhaps something that whoever plans cannot see.

    `taken` says whose time and when, as far as that has been asked.
    """

    def __init__(self, taken: Sequence[TakenTime] = ()) -> None:
        super().__init__()
        self.taken = tuple(taken)


@contextmanager
def in_one_place() -> Iterator[None]:
    """What is saved inside is undone, and DoubleBooked raised, when it takes somebody's time twice."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if violated_constraint(error) != "busytime_in_one_place_at_a_time":
            raise
        raise DoubleBooked from None


TAKEN = "select user_id, starts_at from taken_times(%s, %s, %s, %s, %s)"


def taken_times(
    *, users: Collection[int], times: Sequence[Span], but: Collection[GroupDate] = ()
) -> list[TakenTime]:
    """Which of the times are taken for which of the people, `but` by these dates; the earliest first.

    Only of oneself, of those who lead a group with one, and for coordinators of the supporters they see.
    """
    starts, ends = [one for one, _end in times], [end for _start, end in times]
    source, ids = BusySource.GROUP_DATE.value, [one.pk for one in but]
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [list(users), starts, ends, source, ids])
        return [TakenTime(*row) for row in cursor.fetchall()]


def seen_then(*, user_id: int, by: User, span: Span) -> list[tuple[str, Span]]:
    """What of that person's `by` sees at the time: the group's name or the kind of booking, never a pupil."""
    starts_at, ends_at = span
    then = {"starts_at__lt": ends_at, "ends_at__gt": starts_at}
    leads = {"leaders__user": user_id, "leaders__ended_at__isnull": True}
    groups = GroupDate.objects.visible_to(by).planned().filter(**then)
    groups = groups.filter(series__in=GroupSeries.objects.visible_to(by).filter(**leads))
    booked = Booking.objects.visible_to(by).planned().filter(supporter__user=user_id, **then)
    found = [*groups.values_list("series__name", "starts_at", "ends_at")]
    words = words_of(by.acting)
    for kind, start, end in booked.order_by().values_list("kind", "starts_at", "ends_at"):
        found.append((words.label(CONTACT_KIND, kind), start, end))
    return [(what, (start, end)) for what, start, end in sorted(found, key=lambda one: one[1])]


@dataclass(frozen=True, slots=True)
class TakenPupil:
    """That a pupil has something else then; or, without id, how many pupils whom the reader does not see."""

    student_id: int | None
    starts_at: datetime
    count: int = 1


class PupilTaken(Exception):
    """A pupil has something else at the time. Nothing is saved; asked, one may save it all the same."""

    def __init__(self, taken: Sequence[TakenPupil]) -> None:
        super().__init__()
        self.taken = tuple(taken)


PUPILS = "select student_id, starts_at from pupils_taken(%s, %s, %s, %s, %s)"


def pupils_taken(
    *,
    students: Collection[int],
    times: Sequence[Span],
    but: Booking | None = None,
    but_group: GroupSeries | None = None,
) -> list[TakenPupil]:
    """Which of the pupils (by id) have something else at which of the times, `but` this booking or group."""
    starts, ends = [one for one, _end in times], [end for _start, end in times]
    others = [but.pk if but else None, but_group.pk if but_group else None]
    with connection.cursor() as cursor:
        cursor.execute(PUPILS, [list(students), starts, ends, *others])
        return [TakenPupil(*row) for row in cursor.fetchall()]


PARTICIPANTS = "select student_id, starts_at, others from participants_taken(%s, %s, %s)"


def participants_taken(*, group: GroupSeries, times: Sequence[Span]) -> list[TakenPupil]:
    """Who in the group has something else at which of the times; of those one does not see, how many."""
    starts, ends = [one for one, _end in times], [end for _start, end in times]
    with connection.cursor() as cursor:
        cursor.execute(PARTICIPANTS, [group.pk, starts, ends])
        return [TakenPupil(*row) for row in cursor.fetchall()]
