"""Pages of contacts, bookings, next steps, thanks, questions and tasks."""

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
from visits.views.phone import (
    contact_offline,
    contact_received,
    contact_token,
    service_worker,
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
    "contact_offline",
    "contact_put_back",
    "contact_received",
    "contact_token",
    "contact_withdraw",
    "feedback_withdraw",
    "next_step_create",
    "next_step_done",
    "question_answer",
    "question_close",
    "question_create",
    "service_worker",
    "task_create",
    "task_done",
    "task_edit",
    "task_reopen",
    "thanks_create",
    "withdrawn_contacts",
]
