"""What keeps it running: form keys, outgoing mail, links."""

from operations.models.form_keys import FormKey
from operations.models.links import LIFETIMES, Link, LinkKind, LinkOpening
from operations.models.mail import OF_THE_SERVER, MailError, MailState, OutgoingMail

__all__ = [
    "LIFETIMES",
    "OF_THE_SERVER",
    "FormKey",
    "Link",
    "LinkKind",
    "LinkOpening",
    "MailError",
    "MailState",
    "OutgoingMail",
]
