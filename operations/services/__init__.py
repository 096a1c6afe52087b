"""What keeps it running: one effect for each form, outgoing mail."""

from operations.services.form_keys import (
    SameKeyOtherForm,
    answer_form_key,
    answer_given,
    claim_form_key,
)
from operations.services.mail import in_language_of, mail_state, mail_states, queue_mail

__all__ = [
    "SameKeyOtherForm",
    "answer_form_key",
    "answer_given",
    "claim_form_key",
    "in_language_of",
    "mail_state",
    "mail_states",
    "queue_mail",
]
