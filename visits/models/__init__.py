"""What is planned and done: bookings, contacts, notes, groups, next steps, thanks and questions, tasks."""

from schools.codes import (
    ContactKind,
)
from visits.models.bookings import (
    Booking,
    BookingCancelledBecause,
    BookingStatus,
)
from visits.models.contacts import (
    KINDS_WITH_STUDENT,
    KINDS_WITHOUT_NAMES,
    MODE_OF_KIND,
    MOST_TOPICS,
    Contact,
    ContactNote,
    ContactOutcome,
    ContactQuerySet,
    NoteRevision,
    Participation,
    ParticipationQuerySet,
    WithdrawalReason,
)
from visits.models.feedback import (
    Feedback,
    FeedbackAnswer,
    FeedbackKind,
)
from visits.models.group_contacts import (
    GroupContact,
    GroupNotice,
)
from visits.models.groups import (
    GroupCancelledBecause,
    GroupDate,
    GroupDateStatus,
    GroupLeader,
    GroupMember,
    GroupSeries,
)
from visits.models.steps import (
    NextStep,
)
from visits.models.tasks import (
    Task,
)

__all__ = [
    "Booking",
    "BookingCancelledBecause",
    "BookingStatus",
    "Contact",
    "ContactKind",
    "ContactNote",
    "ContactOutcome",
    "ContactQuerySet",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackKind",
    "GroupCancelledBecause",
    "GroupContact",
    "GroupDate",
    "GroupDateStatus",
    "GroupLeader",
    "GroupMember",
    "GroupNotice",
    "GroupSeries",
    "KINDS_WITH_STUDENT",
    "KINDS_WITHOUT_NAMES",
    "MODE_OF_KIND",
    "MOST_TOPICS",
    "NoteRevision",
    "NextStep",
    "Participation",
    "ParticipationQuerySet",
    "Task",
    "WithdrawalReason",
]
