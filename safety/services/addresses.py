"""The address of a home visit: for its supporter near its time, and for whoever has taken its alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from safety.models import HomeVisit
from safety.services.alarms import AlarmCard
from visits.models import Booking

NEAR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class VisitAddress:
    """Where the visit is: a home, or `place` where they meet somewhere else."""

    street: str
    postal_code: str
    city: str
    place: str = ""

    def __bool__(self) -> bool:
        return any((self.street, self.city, self.place))


NOWHERE = VisitAddress("", "", "")


def address_opens(*, visit: HomeVisit, booking: Booking) -> tuple[datetime, datetime]:
    """From when to when the owner's function opens it (needs_address)."""
    end = max(filter(None, (booking.ends_at, visit.expected_end_at)))
    return booking.starts_at - NEAR, end + NEAR


def open_address(*, visit: HomeVisit) -> VisitAddress:
    """For the visit's supporter; NOWHERE when it is not theirs now. The owner's function checks and logs."""
    return _asked("select * from open_visit_address(%s)", visit.pk)


def open_alarm_address(*, alarm: AlarmCard) -> VisitAddress:
    """For whoever has taken an open alarm: never a protected pupil's home, and no name. Logged."""
    return _asked("select * from open_alarm_address(%s)", alarm.pk)


def _asked(statement: str, pk: int) -> VisitAddress:
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        row = cursor.fetchone()
    return VisitAddress(*row) if row else NOWHERE
