"""What is planned without a pupil: supervision, training, a team meeting."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.codes import OtherTimeKind
from schools.models import Role
from supporters.models import PeerSupporter
from visits.models.bookings import LONGEST


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: User) -> Self:
        """The supporter's own; for coordinators those of the supporters they may see. No one else's."""
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return self.filter(supporter__in=PeerSupporter.objects.visible_to(user))
        return self.none()

    def planned(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def between(self, first: datetime, last: datetime) -> Self:
        return self.filter(starts_at__gte=first, starts_at__lt=last).order_by("starts_at", "pk")


@track(
    kept=("supporter", "made_by", "kind", "starts_at", "ends_at", "cancelled_at", "cancelled_by"),
    noticed=("place",),
)
class Appointment(Record):
    """One supporter's time, planned for what is no contact. It names no pupil and counts no hours: what was
    done is written as `OtherTime` when it is over.

    While it is planned the supporter's time is taken (`BusyTime`). Of a meeting of several each has one.
    """

    supporter = models.ForeignKey(
        PeerSupporter,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("peer supporter"),
        db_index=False,
    )  # its index is `appointment_by_supporter`
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("What is it?"), max_length=16, choices=OtherTimeKind)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)  # NULL: it is planned
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_within_twelve_hours",
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_has_who_and_when",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["supporter_id", "starts_at"], name="appointment_by_supporter")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()
