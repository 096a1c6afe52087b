"""Pages of contacts, bookings, next steps, thanks, questions, tasks and other time."""

from visits.views.bookings import (
    booking_cancel,
    booking_create,
    booking_move,
)
from visits.views.contacts import (
    contact_create,
    contact_edit,
)
from visits.views.corrections import (
    contact_move,
    contact_put_back,
    contact_withdraw,
    withdrawn_contacts,
)
from visits.views.feedback import (
    feedback_withdraw,
    question_answer,
    question_close,
    question_create,
    thanks_create,
)
from visits.views.other_time import (
    other_time_create,
    other_time_edit,
    other_time_put_back,
    other_time_withdraw,
)
from visits.views.steps import (
    next_step_create,
    next_step_done,
)
from visits.views.tasks import (
    task_create,
    task_done,
    task_edit,
    task_reopen,
)

__all__ = [
    "booking_cancel",
    "booking_create",
    "booking_move",
    "contact_create",
    "contact_edit",
    "contact_move",
    "contact_put_back",
    "contact_withdraw",
    "feedback_withdraw",
    "next_step_create",
    "next_step_done",
    "other_time_create",
    "other_time_edit",
    "other_time_put_back",
    "other_time_withdraw",
    "question_answer",
    "question_close",
    "question_create",
    "task_create",
    "task_done",
    "task_edit",
    "task_reopen",
    "thanks_create",
    "withdrawn_contacts",
]
