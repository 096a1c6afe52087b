"""When whose time is taken, whatever takes it: one table for all that is planned with people of ours."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from peersupport.lib.history import not_tracked
from schools.models import Organisation
from visits.models.bookings import MomentRange


class BusySource(models.TextChoices):
    """What takes the time; a new kind needs a trigger in peersupport/scope/functions/7_busy.sql."""

    BOOKING = "booking"
    GROUP_DATE = "group_date"
    APPOINTMENT = "appointment"


@not_tracked("follows bookings, groups and appointments, which have a history of their own")
class BusyTime(models.Model):
    """That someone's time is taken by something planned. Triggers alone write it, and no page reads it.

    Each organisation has its own: what someone does for another is none of its business.
    """

    # The index of both is the one that refuses.
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    source = models.CharField(max_length=12, choices=BusySource)
    source_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = "busy time"
        verbose_name_plural = "busy times"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id", "user"], name="busytime_once"),
            models.CheckConstraint(name="busytime_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="busytime_in_one_place_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (MomentRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
