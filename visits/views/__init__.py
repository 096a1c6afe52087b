"""Pages about contacts, bookings and next steps."""

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
from visits.views.steps import (
    next_step_create,
    next_step_done,
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
    "next_step_create",
    "next_step_done",
    "withdrawn_contacts",
]
