"""Mail before a booking or a group's date, to those who want it: times, and no word about anyone (ADR 32)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from operations.services import in_language_of, queue_mail
from peersupport.lib.dates import clock, short_moment
from visits.models import Reminder

MAIL_KIND = "reminder"
KEPT = timedelta(days=7)  # the policy of the worker says the same


class Due(NamedTuple):
    """One time that somebody is to be reminded of now."""

    user_id: int
    ahead: str
    email: str
    language: str
    membership_id: int
    time_id: UUID
    starts_at: datetime
    ends_at: datetime


def send_reminders(now: datetime) -> int:
    """Write one mail to each person for what is due, once for each time; returns how many mails.

    As the worker. Mail and rows are one transaction: after a kill what is left is due still, and of two
    workers one finds the other's rows.
    """
    Reminder.objects.filter(starts_at__lt=now - KEPT).delete()
    together = groupby(_due(now), key=lambda due: (due.user_id, due.ahead))
    return sum(_remind(list(dues)) for _person, dues in together)


def _due(now: datetime) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute("select * from reminders_due(%s)", [now])
        return [Due(*row) for row in cursor.fetchall()]


def _remind(dues: Sequence[Due]) -> bool:
    """Whether it was this worker who did."""
    try:
        with transaction.atomic():
            mail = _send(dues)
            Reminder.objects.bulk_create(
                Reminder(
                    membership_id=due.membership_id,
                    time_id=due.time_id,
                    ahead=due.ahead,
                    starts_at=due.starts_at,
                    mail_id=mail,
                )
                for due in dues
            )
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "reminder_once":
            raise
        return False  # another worker was first, and ours is undone
    return True


def _send(dues: Sequence[Due]) -> UUID:
    person = dues[0]
    with in_language_of(person):
        return queue_mail(
            to=person.email,
            to_user_id=person.user_id,
            kind=MAIL_KIND,
            subject=_("Reminder of a meeting"),
            text=text_of(dues),
        )


def text_of(dues: Sequence[Due]) -> str:
    """The mail's text, in the language of the moment: when, and where to look."""
    times = "\n".join(f"- {short_moment(due.starts_at)}–{clock(due.ends_at)}" for due in dues)
    page = f"{settings.SITE_URL}{reverse('start')}"
    choose = f"{settings.SITE_URL}{reverse('accounts:profile')}"
    return _(
        "This is booked for you:\n\n%(times)s\n\n"
        "The rest stands here, when you have signed in:\n\n%(page)s\n\n"
        "You have chosen to be reminded. You can choose it away here:\n\n%(choose)s\n\nPeer Support\n"
    ) % {"times": times, "page": page, "choose": choose}
