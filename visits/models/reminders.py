"""That somebody was reminded of a time of theirs, so that nobody is twice."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.history import not_tracked
from schools.models import Membership


class ReminderAhead(models.TextChoices):
    """How long before: at 15:00 the day before, or an hour."""

    DAY = "day", _("the day before")
    HOUR = "hour", _("an hour before")


@not_tracked("says that a mail was sent, and is gone when the time is over")
class Reminder(models.Model):
    """One mail's word about one time: of whom, how long before, and when the time was then to begin.

    `time_id` is the public_id of a booking or of a group's date; no foreign key, because what it names may be
    taken away. Moved, it begins at another moment, and is another reminder.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a writer may not read
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    time_id = models.UUIDField()
    ahead = models.CharField(max_length=4, choices=ReminderAhead)
    starts_at = models.DateTimeField()
    mail_id = models.UUIDField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "time_id", "ahead", "starts_at"], name="reminder_once"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="reminder_by_start")]

    def __str__(self) -> str:
        return f"{self.time_id} {self.ahead}"
