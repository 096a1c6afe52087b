"""Django's and allauth's own mail takes the same way as ours: no request ever talks to a mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from operations.services import queue_mail


class OutboxBackend(BaseEmailBackend):
    """Stores each message once for each recipient, as plain text."""

    KIND = "account"

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                queue_mail(to=to, kind=self.KIND, subject=str(message.subject), text=str(message.body))
        return len(email_messages)
