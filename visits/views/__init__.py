"""Pages of contacts, bookings, next steps, thanks, questions and tasks."""

from visits.views.asking import (
    supporter_ask,
)
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
    answer_take_back,
    feedback_withdraw,
    question_answer,
    question_close,
    question_create,
    thanks_answer,
    thanks_create,
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
    task_take_back,
)

__all__ = [
    "answer_take_back",
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
    "question_answer",
    "question_close",
    "question_create",
    "supporter_ask",
    "task_create",
    "task_done",
    "task_edit",
    "task_reopen",
    "task_take_back",
    "thanks_answer",
    "thanks_create",
    "withdrawn_contacts",
]
