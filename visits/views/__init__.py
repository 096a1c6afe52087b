"""Pages of contacts, of thanks and questions about them, and of tasks."""

from visits.views.contacts import contact_create, contact_edit
from visits.views.feedback import (
    feedback_withdraw,
    question_answer,
    question_close,
    question_create,
    thanks_create,
)
from visits.views.tasks import task_create, task_done, task_edit, task_reopen

__all__ = [
    "contact_create",
    "contact_edit",
    "feedback_withdraw",
    "question_answer",
    "question_close",
    "question_create",
    "task_create",
    "task_done",
    "task_edit",
    "task_reopen",
    "thanks_create",
]
