"""The mail of an alarm: neutral words, one to each person.

No pupil, no address, no school, and of the supporter initials only; the subject does not even say that much.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from operations.services import in_language_of, queue_mail
from peersupport.lib.dates import clock
from safety.models import Alarm, AlarmKind, AlarmStep

if TYPE_CHECKING:
    from safety.services.watching import Person

MAIL_KIND = "call"


class Told(NamedTuple):
    """What a mail may say of an alarm."""

    initials: str
    phone: str  # the supporter's work phone; "": none is known
    due_at: datetime  # when the visit should have begun or been over


def mail_to(alarm: Alarm, people: "Sequence[Person]") -> list[UUID | None]:
    """Queue a mail to each, in their language; None for whoever has one already in this call."""
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from alarm_told(%s)", [alarm.pk])
        told = Told(*cursor.fetchone())
    sent: set[int] = set()
    mails: list[UUID | None] = []
    for person in people:
        mails.append(None if person.user_id in sent else _send(alarm, told, person))
        sent.add(person.user_id)
    return mails


def _send(alarm: Alarm, told: Told, person: "Person") -> UUID:
    with in_language_of(person):
        is_asked = person.step == AlarmStep.SUPPORTER
        words = _asked(alarm, told) if is_asked else _called(alarm, told)
        return queue_mail(
            to=person.email,
            to_user_id=person.user_id,
            kind=MAIL_KIND,
            subject=_subject(alarm, is_asked=is_asked),
            text=f"{words}\n\nPeer Support\n",
        )


def _subject(alarm: Alarm, *, is_asked: bool) -> str:
    number = {"number": alarm.number}
    if alarm.kind == AlarmKind.DRILL:
        return _("Drill: %(number)s") % number
    if alarm.kind == AlarmKind.NOT_STARTED and is_asked:
        return _("A question: %(number)s") % number
    return _("Please answer now: %(number)s") % number


def _words(alarm: Alarm, told: Told) -> dict[str, str]:
    return {"number": alarm.number, "time": clock(told.due_at), "initials": told.initials}


def _asked(alarm: Alarm, told: Told) -> str:
    """To the supporter."""
    words = _words(alarm, told)
    page = page_of(alarm)
    if alarm.kind == AlarmKind.DRILL:
        text = _("This is a drill of the alarm, with you as the one who visits. You need not do anything.")
        return f"{text}\n\n{page}"
    if alarm.kind == AlarmKind.NOT_STARTED:
        text = (
            _("Has visit %(number)s begun? It was planned for %(time)s, and nobody has checked in.") % words
        )
        after = _("Check in, or say how it is, here. Without an answer the coordinator is asked.")
    else:
        text = _("Is all well? Visit %(number)s was to be over at %(time)s.") % words
        after = _(
            "Say that you are done, or take 15 minutes more, here. Without an answer a colleague is called."
        )
    return f"{text}\n\n{after}\n\n{page}"


def _called(alarm: Alarm, told: Told) -> str:
    """To whoever is called."""
    words = _words(alarm, told)
    texts = {
        AlarmKind.HELP: _("%(initials)s asks for help on visit %(number)s."),
        AlarmKind.NOT_STARTED: _(
            "%(initials)s has not checked in on visit %(number)s, which was planned for %(time)s."
        ),
        AlarmKind.OVERDUE: _(
            "%(initials)s has not said that visit %(number)s is over. It was to be at %(time)s."
        ),
        AlarmKind.DRILL: _("This is a drill of the alarm: visit %(number)s of %(initials)s is not over."),
    }
    parts = [texts[AlarmKind(alarm.kind)] % words]
    if alarm.rounds:
        parts.append(_("Nobody has it in hand."))
    if told.phone:
        parts.append(_("Ring %(initials)s: %(phone)s") % {**words, "phone": told.phone})
    parts.append(_("Say here that you take it, so that nobody else is called:") + f"\n\n{page_of(alarm)}")
    if alarm.kind == AlarmKind.DRILL:
        parts.append(_("Do as you would if it were real, but ring nobody else."))
    else:
        parts.append(_("If you think that somebody is in danger, ring 112."))
    return "\n\n".join(parts)


def page_of(alarm: Alarm) -> str:
    """The whole address of the alarm's page."""
    return f"{settings.SITE_URL}{reverse('safety:alarm_detail', args=[alarm.public_id])}"
