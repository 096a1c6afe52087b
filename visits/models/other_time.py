"""A supporter's time without a pupil: meetings, travel, standing in, training, supervision, preparation."""

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.codes import OtherTimeKind
from schools.models import Role
from supporters.models import PeerSupporter

MOST_MINUTES = 12 * 60  # in one row; a longer day is written as two
MOST_KM = Decimal("999.9")


class OtherTimeQuerySet(models.QuerySet["OtherTime"]):
    def visible_to(self, user: User) -> Self:
        """The supporter's own; for coordinators that of the supporters they may see. No one else's.

        Withdrawn rows never (`with_withdrawn`).
        """
        return self.with_withdrawn(user).filter(withdrawn_at__isnull=True)

    def with_withdrawn(self, user: User) -> Self:
        """Also the withdrawn ones of those, to put them back."""
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return self.filter(supporter__in=PeerSupporter.objects.visible_to(user))
        return self.none()

    def latest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")


@track(
    kept=("supporter", "kind", "starts_at", "minutes", "travel_km", "withdrawn_at", "withdrawn_by"),
    noticed=("note",),
)
class OtherTime(Record):
    """Time that goes to no pupil. Only the supporter writes it; it names nobody, and it counts as hours.

    `travel_km` is kilometres, to the tenth, as on a contact. What is withdrawn counts nowhere.
    """

    # Its index is `othertime_by_supporter`.
    supporter = models.ForeignKey(
        PeerSupporter, on_delete=models.PROTECT, db_index=False, related_name="other_time"
    )
    kind = models.CharField(_("What was it?"), max_length=16, choices=OtherTimeKind)
    starts_at = models.DateTimeField(_("When?"), default=timezone.now)
    minutes = models.PositiveSmallIntegerField(
        _("How long?"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    travel_km = models.DecimalField(
        _("Travel, km"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(0),
        db_default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: it counts
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    objects = OtherTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("other time")
        verbose_name_plural = _("other time")
        constraints = [
            models.CheckConstraint(
                name="othertime_lasts_twelve_hours_at_most",
                condition=Q(minutes__range=(1, MOST_MINUTES)),
            ),
            models.CheckConstraint(name="othertime_travel_is_not_negative", condition=Q(travel_km__gte=0)),
            models.CheckConstraint(
                name="othertime_withdrawn_has_who_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            # Hours are sums over weeks of one supporter, never over the table.
            models.Index(
                fields=["supporter_id", "-starts_at"],
                name="othertime_by_supporter",
                include=["minutes", "kind"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
