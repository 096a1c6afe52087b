"""What is planned in a week: bookings, the dates of groups, and which of them are at the same time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from overviews.rows.words import joined
from peersupport.lib.dates import clock, start_of_day
from peersupport.lib.urls import prefix
from schools.codes import CONTACT_KIND, ContactKind, words_of
from schools.models import Role
from students.models import Student
from supporters.models import PeerSupporter
from visits.models import Appointment, Booking, BookingStatus, GroupDate, GroupDateStatus, GroupLeader

MOST = 300  # of everybody's bookings in a week; more is not read in one list


@dataclass(frozen=True, slots=True)
class Entry:
    """One time. Addresses are empty where there is nothing to do any more."""

    starts_at: datetime
    ends_at: datetime
    time: str  # "09:00–10:00"
    name: str  # the pupil's, as everywhere else, or the group's
    text: str  # what, where and, for a coordinator, who
    url: str
    move_url: str
    cancel_url: str
    is_protected: bool
    is_cancelled: bool
    clashes: bool
    of: tuple[int, ...]  # ids of the users whose time it is
    student: Student | None  # for the log of reads


def entries_of(user: User, monday: date, supporter: PeerSupporter | None) -> list[Entry]:
    """The week's, by time: of `supporter`, or of everybody whom `user` sees. Three queries."""
    first, last = start_of_day(monday), start_of_day(monday + timedelta(days=7))
    found = [
        *_bookings(user, first, last, supporter),
        *_group_dates(user, first, last, supporter),
        *_appointments(user, first, last, supporter),
    ]
    return mark_clashes(sorted(found, key=lambda one: (one.starts_at, one.ends_at, one.url)))


def _bookings(
    user: User, first: datetime, last: datetime, supporter: PeerSupporter | None
) -> Iterable[Entry]:
    rows: Any = Booking.objects.visible_to(user).filter(starts_at__gte=first, starts_at__lt=last)
    if supporter is not None:
        rows = rows.filter(supporter=supporter)
    rows = rows.select_related("student__identity", "student__school", "supporter__user")
    page, move = prefix("overviews:student_detail"), prefix("visits:booking_move")
    cancel, words = prefix("visits:booking_cancel"), words_of(user.acting)
    for row in rows.order_by("starts_at", "pk")[:MOST]:
        is_open = row.status == BookingStatus.PLANNED
        who = row.supporter.user.name if user.acting.role == Role.COORDINATOR else ""
        yield Entry(
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time=_time(row),
            name=row.student.name,
            text=joined(words.label(CONTACT_KIND, row.kind), row.place, who),
            url=page(row.student.public_id),
            move_url=move(row.public_id) if is_open else "",
            cancel_url=cancel(row.public_id) if is_open else "",
            is_protected=row.student.is_protected,
            is_cancelled=row.status == BookingStatus.CANCELLED,
            clashes=False,
            of=(row.supporter.user_id,),
            student=row.student,
        )


def _group_dates(
    user: User, first: datetime, last: datetime, supporter: PeerSupporter | None
) -> Iterable[Entry]:
    leaders = GroupLeader.objects.visible_to(user).leading().filter(series=OuterRef("series"))
    rows: Any = GroupDate.objects.led_by(user).filter(starts_at__gte=first, starts_at__lt=last)
    if supporter is not None:
        rows = rows.filter(Exists(leaders.filter(user=supporter.user_id)))
    rows = rows.select_related("series").annotate(leader_ids=ArraySubquery(leaders.values("user_id")))
    group, move = prefix("visits:group_detail"), prefix("visits:group_date_move")
    cancel, now = prefix("visits:group_date_cancel"), timezone.now()
    for row in rows.order_by("starts_at", "pk")[:MOST]:
        is_open = row.status == GroupDateStatus.PLANNED and row.ends_at > now
        yield Entry(
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time=_time(row),
            name=row.series.name,
            text=joined(str(ContactKind.GROUP.label), row.place or row.series.place),
            url=group(row.series.public_id),
            move_url=move(row.public_id) if is_open else "",
            cancel_url=cancel(row.public_id) if is_open else "",
            is_protected=False,
            is_cancelled=row.status == GroupDateStatus.CANCELLED,
            clashes=False,
            of=tuple(row.leader_ids),
            student=None,
        )


def _appointments(
    user: User, first: datetime, last: datetime, supporter: PeerSupporter | None
) -> Iterable[Entry]:
    rows: Any = Appointment.objects.visible_to(user).between(first, last)
    if supporter is not None:
        rows = rows.filter(supporter=supporter)
    edit = prefix("visits:appointment_edit")
    for row in rows.select_related("supporter__user")[:MOST]:
        is_open = row.cancelled_at is None and not row.is_over
        who = row.supporter.user.name if user.acting.role == Role.COORDINATOR else ""
        yield Entry(
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time=_time(row),
            name=str(row.get_kind_display()),
            text=joined(row.place, who),
            url=edit(row.public_id) if is_open else "",
            move_url=edit(row.public_id) if is_open else "",
            cancel_url="",
            is_protected=False,
            is_cancelled=row.cancelled_at is not None,
            clashes=False,
            of=(row.supporter.user_id,),
            student=None,
        )


def _time(row: Any) -> str:
    return f"{clock(row.starts_at)}–{clock(row.ends_at)}"


def mark_clashes(entries: Sequence[Entry]) -> list[Entry]:
    """The same, by time; those are marked that one person has at once. What is cancelled counts for none."""
    clashing: set[int] = set()
    latest: dict[int, int] = {}  # of each person, the entry so far that ends last
    for place, entry in enumerate(entries):
        if entry.is_cancelled:
            continue
        for person in entry.of:
            before = latest.get(person)
            if before is not None and entries[before].ends_at > entry.starts_at:
                clashing |= {before, place}
            if before is None or entries[before].ends_at < entry.ends_at:
                latest[person] = place
    return [replace(entry, clashes=place in clashing) for place, entry in enumerate(entries)]
