"""The worker's side of the outbox: each mail once, however often it is stopped (docs/adr/0013)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from operations.models import OF_THE_SERVER, MailError, MailState, OutgoingMail

logger = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(days=5)  # as mail servers do themselves
LONGEST_REST = timedelta(minutes=10)
PERMANENT = 500  # answers of a mail server from here on will be the same next time


def deliver_due_mail(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, oldest first, and return how many were sent; as the worker.

    While the server is away one mail knocks at it, less and less often, and all others wait for that one.
    """
    sent = 0
    if _server_rests():
        return sent
    server = get_connection(settings.DELIVERY_BACKEND)
    try:
        while not should_stop():
            error = _deliver_next(server)
            if error is None or error in OF_THE_SERVER:
                break
            sent += not error
    finally:
        server.close()
    return sent


def _server_rests() -> bool:
    knocking = OutgoingMail.objects.waiting().filter(last_error__in=OF_THE_SERVER)
    return knocking.filter(next_try_at__gt=timezone.now()).exists()


@transaction.atomic
def _deliver_next(server: Any) -> str | None:
    """Send one mail; its row is locked until what became of it is noted, so no other worker takes it.

    Returns the MailError, "" when it is sent, and None when nothing is due.
    """
    mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).order_by("created_at").first()
    if mail is None:
        return None
    error = _send(server, mail)
    _note(mail, error)
    return error


def _send(server: Any, mail: OutgoingMail) -> str:
    """ "" when the server has taken it, else why not."""
    try:
        message = _message(mail)
        server.open()  # once for all; send_messages alone would open and close for each
        if not server.send_messages([message]):
            return MailError.BROKEN  # to nobody
    except InvalidToken:
        return MailError.UNREADABLE
    except ValueError:  # an address or a header that is none
        return MailError.BROKEN
    except SMTPAuthenticationError:
        return MailError.LOGIN_REFUSED
    except SMTPSenderRefused:
        return MailError.SENDER_REFUSED
    except SMTPRecipientsRefused as refused:
        code = max(code for code, _words in refused.recipients.values())
        return MailError.REFUSED if code >= PERMANENT else MailError.LATER
    except SMTPDataError as refused:
        return MailError.REFUSED if refused.smtp_code >= PERMANENT else MailError.LATER
    except (SMTPException, OSError):
        return MailError.SERVER_AWAY
    except Exception:  # whatever it is, one mail must not stand in the way of all others
        logger.exception("A mail could not be put together")
        return MailError.BROKEN
    return ""


def _message(mail: OutgoingMail) -> EmailMessage:
    """The same id at each try, so that a server or a reader can tell a second copy."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",  # asks for no out-of-office answer
    }
    return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)


def _note(mail: OutgoingMail, error: str) -> None:
    now = timezone.now()
    is_final = error in {MailError.REFUSED, MailError.BROKEN}
    is_final |= error == MailError.LATER and mail.created_at < now - GIVE_UP_AFTER
    fields: dict[str, Any] = {"tries": F("tries") + 1, "last_error": error}
    if not error:
        fields |= {"state": MailState.SENT, "sent_at": now}
    elif is_final:
        fields |= {"state": MailState.UNDELIVERABLE}
    else:
        fields |= {"next_try_at": now + _rest(mail)}
    if (not error or is_final) and not settings.IS_DEMO:
        fields |= {"sealed_text": ""}
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)


def _rest(mail: OutgoingMail) -> timedelta:
    """Until the next try: 1, 2, 4, 8 minutes, then ten."""
    return min(timedelta(minutes=2 ** min(mail.tries, 8)), LONGEST_REST)
