"""The outbox: mail is written in the transaction of what it tells, and sent by the worker."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.history import not_tracked
from peersupport.lib.sealing import unseal


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    UNDELIVERABLE = "undeliverable", _("cannot be delivered")


class MailError(models.TextChoices):
    """Why the last try failed, as a code: a server's own words may quote an address."""

    # The server itself: all mail waits.
    SERVER_AWAY = "server_away", _("The mail server does not answer.")
    LOGIN_REFUSED = "login_refused", _("The mail server refuses our sign-in.")
    SENDER_REFUSED = "sender_refused", _("The mail server refuses our sender.")
    # This mail alone:
    LATER = "later", _("The recipient's server asks us to try later.")
    REFUSED = "refused", _("The recipient's server refuses the mail.")
    UNREADABLE = "unreadable", _("Sealed with a key that we do not have.")
    BROKEN = "broken", _("The mail cannot be put together.")


OF_THE_SERVER = (MailError.SERVER_AWAY, MailError.LOGIN_REFUSED, MailError.SENDER_REFUSED)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, user: Any) -> Self:
        """What `user` has caused. Only id, kind, state and times may be read: name them in `values`."""
        return self.filter(made_by_id=user.pk)

    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def due(self) -> Self:
        """Waiting, and its next try has come."""
        return self.waiting().filter(next_try_at__lte=timezone.now())


@not_tracked("says itself what became of it, and is emptied once sent")
class OutgoingMail(models.Model):
    """One mail to one recipient. Address and text are sealed; the text is gone once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a writer may not read
    kind = models.CharField(max_length=30)  # a word of the app that sends it, such as "invitation"
    sealed_to = models.TextField()
    to_user_id = models.BigIntegerField(null=True)  # NULL: the address belongs to no user yet
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    sealed_text = models.TextField(blank=True)
    # Whoever was in scope; no foreign key: operations stands below accounts. NULL: nobody was signed in.
    made_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=15, choices=MailState, default=MailState.WAITING)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=20, choices=MailError, blank=True)
    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "outgoing mail"
        verbose_name_plural = "outgoing mail"
        constraints = [
            models.CheckConstraint(
                name="mail_sent_has_its_time",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="mail_waiting_by_age", condition=Q(state=MailState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def to(self) -> str:
        """The address. Raises InvalidToken when FIELD_KEYS lacks its key."""
        return unseal(self.sealed_to)

    @property
    def text(self) -> str:
        """What it says; empty once it is sent. Raises InvalidToken when FIELD_KEYS lacks its key."""
        return unseal(self.sealed_text) if self.sealed_text else ""
