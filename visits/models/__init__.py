"""What is planned and done: bookings, contacts, each pupil's part in them, notes, next steps."""

from schools.codes import ContactKind
from visits.models.bookings import (
    Booking,
    BookingCancelledBecause,
    BookingStatus,
)
from visits.models.contacts import (
    KINDS_WITH_STUDENT,
    MODE_OF_KIND,
    Contact,
    ContactNote,
    ContactOutcome,
    ContactQuerySet,
    Participation,
    ParticipationQuerySet,
    WithdrawalReason,
)
from visits.models.steps import NextStep

__all__ = [
    "KINDS_WITH_STUDENT",
    "MODE_OF_KIND",
    "Booking",
    "BookingCancelledBecause",
    "BookingStatus",
    "Contact",
    "ContactKind",
    "ContactNote",
    "ContactOutcome",
    "ContactQuerySet",
    "NextStep",
    "Participation",
    "ParticipationQuerySet",
    "WithdrawalReason",
]
