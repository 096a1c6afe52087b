"""Mail from the app goes through here: written with the change it tells of, sent by the worker."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import BigIntegerField, Func, QuerySet
from django.utils.translation import get_language, override

from operations.models import MailState, OutgoingMail
from operations.services.jobs import defer_job
from peersupport.lib.sealing import seal

DELIVER_MAIL = "operations.deliver_mail"  # the job, by name: tasks stand above services


def queue_mail(
    *, to: str, kind: str, subject: str, text: str, to_user_id: int | None = None, language: str = ""
) -> UUID:
    """Write a mail into the outbox, in the transaction of the change; it leaves after the commit, if any.

    Plain text in neutral words: no pupil in any mail. Write it in the recipient's language
    (`in_language_of`); `language` is that of the moment when unset. `kind` is a word of the calling app.
    Returns the mail's id, by which whoever caused it can ask for its `mail_state`.
    """
    mail = OutgoingMail(
        kind=kind,
        sealed_to=seal(to),
        to_user_id=to_user_id,
        language=language or get_language() or settings.LANGUAGE_CODE,
        subject=" ".join(subject.split())[:200],  # a line break would begin another header
        sealed_text=seal(text),
        made_by_id=Func(function="app_user_id", output_field=BigIntegerField()),
    )
    OutgoingMail.objects.bulk_create([mail])
    defer_job(task=DELIVER_MAIL)
    return mail.pk


@contextmanager
def in_language_of(user: Any) -> Iterator[None]:
    """Texts inside come in the language of the mail's recipient; the installation's when there is no user."""
    with override(getattr(user, "language", "") or settings.LANGUAGE_CODE):
        yield


def mail_states(*, mails: Iterable[UUID], by: Any) -> dict[UUID, MailState]:
    """What became of each mail that `by` has caused; others are left out. UNDELIVERABLE: it has bounced.

    In a list better as a subquery on `OutgoingMail.objects.visible_to(by)`.
    """
    found = OutgoingMail.objects.visible_to(by).filter(pk__in=list(mails)).values_list("pk", "state")
    return {pk: MailState(state) for pk, state in found}


def mail_state(*, mail: UUID, by: Any) -> MailState | None:
    """What became of one mail that `by` has caused; None for any other."""
    return mail_states(mails=[mail], by=by).get(mail)


def mail_of_the_demo() -> QuerySet[OutgoingMail]:
    """All mail, with its texts: only the demo's database lets the web role read it."""
    return OutgoingMail.objects.all()
