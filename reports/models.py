"""What reports keep of themselves: that a digest was sent. Everything else they read elsewhere."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.history import not_tracked
from schools.models import Membership


@not_tracked("written once, by the worker")
class Digest(models.Model):
    """One week's digest of one coordinator: decided once, whoever decides it. Neither figures nor texts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a writer may not read
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    week_on = models.DateField()  # its Monday
    decided_at = models.DateTimeField(default=timezone.now)
    mail_id = models.UUIDField(null=True)  # NULL: nothing needed a decision, so none was sent

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(fields=["membership", "week_on"], name="digest_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.week_on}"
