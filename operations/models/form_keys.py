"""Form keys: a double tap or a resend has one effect."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone

from peersupport.lib.history import not_tracked


class FormKeyQuerySet(models.QuerySet["FormKey"]):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(user_id=user.pk)


@not_tracked("thrown away after some days")
class FormKey(models.Model):
    """A form that has been sent: its key, what was in it, and the answer that a resend gets again."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.BigIntegerField()  # no foreign key: operations stands below accounts
    body_digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=200, blank=True)  # empty: the form is being saved right now
    at = models.DateTimeField(default=timezone.now)
    objects = FormKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "form key"
        indexes = [models.Index(fields=["at"], name="formkey_by_age")]

    def __str__(self) -> str:
        return str(self.key)
