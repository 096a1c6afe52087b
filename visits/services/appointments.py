"""Time planned without a pupil: by the supporter, or by a coordinator for one or several of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from supporters.models import PeerSupporter
from visits.models import Appointment
from visits.services.bookings import InThePast
from visits.services.busy import DoubleBooked, in_one_place
from visits.services.contacts import Overtaken


class SupporterTaken(DoubleBooked):
    """One of those whose time it needs has something else then: `supporter`. Nothing is saved."""

    def __init__(self, supporter: PeerSupporter) -> None:
        super().__init__()
        self.supporter = supporter


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is planned; the moments aware, the kind one of `OtherTimeKind`."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""


@transaction.atomic
def plan_appointments(
    *, supporters: Iterable[PeerSupporter], by: User, meeting: Meeting
) -> list[Appointment]:
    """Plan it for each of them, or for none. Raises InThePast, SupporterTaken."""
    if meeting.starts_at < timezone.now():
        raise InThePast
    return [_plan(supporter, by, meeting) for supporter in sorted(supporters, key=lambda one: one.user_id)]


def _plan(supporter: PeerSupporter, by: User, meeting: Meeting) -> Appointment:
    row = Appointment(
        supporter=supporter,
        made_by=by,
        kind=meeting.kind,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
    )
    try:
        with in_one_place():
            row.save(force_insert=True)
    except DoubleBooked:
        raise SupporterTaken(supporter) from None
    return row


@transaction.atomic
def edit_appointment(*, row: Appointment, by: User, version: int, meeting: Meeting) -> None:
    """Move or change it, if it is planned and still at `version`.

    Raises Overtaken, InThePast, SupporterTaken. A moment that is left as it was may have passed.
    """
    if meeting.starts_at != row.starts_at and meeting.starts_at < timezone.now():
        raise InThePast
    same = Appointment.objects.visible_to(by).planned().filter(pk=row.pk, version=version)
    changes = {"kind": meeting.kind, "place": meeting.place}
    try:
        with in_one_place():
            changed = same.update(
                **changes,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                version=F("version") + 1,
            )
    except DoubleBooked:
        raise SupporterTaken(row.supporter) from None
    if not changed:
        raise Overtaken


def cancel_appointment(*, row: Appointment, by: User) -> None:
    """Give the time back; twice is the same as once."""
    planned = Appointment.objects.visible_to(by).planned().filter(pk=row.pk)
    planned.update(cancelled_at=timezone.now(), cancelled_by=by, version=F("version") + 1)


@transaction.atomic
def restore_appointment(*, row: Appointment, by: User) -> bool:
    """Plan it again, as it was; whoever cancelled it may. Whether it was. Raises SupporterTaken."""
    cancelled = Appointment.objects.visible_to(by).filter(pk=row.pk, cancelled_by=by)
    try:
        with in_one_place():
            changed = cancelled.update(cancelled_at=None, cancelled_by=None, version=F("version") + 1)
    except DoubleBooked:
        raise SupporterTaken(row.supporter) from None
    return bool(changed)
