"""What is done: contacts, each pupil's part in them, notes, thanks and questions about them, tasks."""

from visits.models.contacts import (
    KINDS_WITH_STUDENT,
    Contact,
    ContactKind,
    ContactNote,
    ContactOutcome,
    Participation,
)
from visits.models.feedback import Feedback, FeedbackAnswer, FeedbackKind
from visits.models.tasks import Task

__all__ = [
    "KINDS_WITH_STUDENT",
    "Contact",
    "ContactKind",
    "ContactNote",
    "ContactOutcome",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackKind",
    "Participation",
    "Task",
]
