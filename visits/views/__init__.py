"""Pages about contacts."""

from visits.views.contacts import contact_create, contact_edit
from visits.views.corrections import contact_move, contact_put_back, contact_withdraw, withdrawn_contacts

__all__ = [
    "contact_create",
    "contact_edit",
    "contact_move",
    "contact_put_back",
    "contact_withdraw",
    "withdrawn_contacts",
]
