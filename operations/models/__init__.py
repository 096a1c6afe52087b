"""What keeps it running: form keys, outgoing mail."""

from operations.models.form_keys import FormKey
from operations.models.mail import MailError, MailState, OutgoingMail

__all__ = ["FormKey", "MailError", "MailState", "OutgoingMail"]
