"""What is planned and done: bookings, contacts, notes, groups, steps, feedback, tasks, other time."""

from schools.codes import (
    KINDS_WITHOUT_NAMES,
    ContactKind,
)
from visits.models.appointments import Appointment, AppointmentQuerySet
from visits.models.bookings import (
    Booking,
    BookingCancelledBecause,
    BookingStatus,
)
from visits.models.busy import (
    BusySource,
    BusyTime,
)
from visits.models.contacts import (
    MODE_OF_KIND,
    MOST_TOPICS,
    Contact,
    ContactQuerySet,
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
from visits.models.group_dates import (
    GroupCancelledBecause,
    GroupDate,
    GroupDateStatus,
)
from visits.models.groups import (
    GroupEndReason,
    GroupLeader,
    GroupMember,
    GroupSeries,
)
from visits.models.notes import (
    ContactNote,
    NoteRevision,
)
from visits.models.other_time import (
    MOST_KM,
    MOST_MINUTES,
    OtherTime,
    OtherTimeQuerySet,
)
from visits.models.participations import (
    KINDS_WITH_STUDENT,
    ContactOutcome,
    Participation,
    ParticipationQuerySet,
)
from visits.models.reminders import (
    Reminder,
    ReminderAhead,
)
from visits.models.steps import (
    NextStep,
)
from visits.models.supervision import (
    LONGEST_TOPIC,
    SupervisionTopic,
)
from visits.models.tasks import (
    Task,
)

__all__ = [
    "Appointment",
    "AppointmentQuerySet",
    "Booking",
    "BookingCancelledBecause",
    "BookingStatus",
    "BusySource",
    "BusyTime",
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
    "GroupEndReason",
    "GroupLeader",
    "GroupMember",
    "GroupNotice",
    "GroupSeries",
    "KINDS_WITH_STUDENT",
    "KINDS_WITHOUT_NAMES",
    "LONGEST_TOPIC",
    "MODE_OF_KIND",
    "MOST_TOPICS",
    "MOST_KM",
    "MOST_MINUTES",
    "NoteRevision",
    "NextStep",
    "OtherTime",
    "OtherTimeQuerySet",
    "Participation",
    "ParticipationQuerySet",
    "Reminder",
    "ReminderAhead",
    "SupervisionTopic",
    "Task",
    "WithdrawalReason",
]
