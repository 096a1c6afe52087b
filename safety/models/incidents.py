"""Threats, violence and near misses: what happened to somebody at work (AML 3:2, AFS 2023:2)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from safety.models.visits import HomeVisit
from schools.models import Organisation, Role
from supporters.models import PeerSupporter

LONGEST_TEXT = 2000


class IncidentKind(models.TextChoices):
    """What it was."""

    THREAT = "threat", pgettext_lazy("kind of incident", "Threat")
    VIOLENCE = "violence", pgettext_lazy("kind of incident", "Violence")
    NEAR_MISS = "near_miss", _("It could have ended badly")
    OTHER = "other", pgettext_lazy("kind of incident", "Something else")


class IncidentReportQuerySet(models.QuerySet["IncidentReport"]):
    def visible_to(self, user: User) -> Self:
        """One's own; coordinators also those of supporters they see, and of the whole organisation all."""
        here = self.filter(organisation=user.acting.organisation_id)
        own = Q(author=user)
        match user.acting.role:
            case Role.COORDINATOR if user.acting.school_id is None:
                return here
            case Role.COORDINATOR:
                return here.filter(own | Q(supporter__in=PeerSupporter.objects.visible_to(user)))
            case Role.PEER_SUPPORTER:
                return here.filter(own)
        return self.none()

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


@track(
    kept=("organisation", "author", "supporter", "visit", "kind", "is_serious", "happened_at")
    + ("closed_at", "closed_by"),
    noticed=("what", "helped", "needed", "measures"),
)
class IncidentReport(Record):
    """What happened to its author, in their words, and what the employer does. It names no pupil."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # NULL: the author has no profile.
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, null=True, related_name="+")
    visit = models.ForeignKey(HomeVisit, on_delete=models.PROTECT, null=True, related_name="incidents")
    kind = models.CharField(_("What was it?"), max_length=10, choices=IncidentKind)
    is_serious = models.BooleanField(_("It was serious"), default=False)
    happened_at = models.DateTimeField(_("When?"))
    what = models.TextField(_("What happened?"), max_length=LONGEST_TEXT)
    helped = models.TextField(_("What helped?"), max_length=LONGEST_TEXT, blank=True)
    needed = models.TextField(_("What do you need now?"), max_length=LONGEST_TEXT, blank=True)
    measures = models.TextField(_("What is done about it?"), max_length=LONGEST_TEXT, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)  # NULL: open
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    objects = IncidentReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(
                name="incident_closed_has_who_when_and_measures",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(measures=""),
            ),
            models.CheckConstraint(
                name="incident_of_a_visit_is_its_supporters",
                condition=Q(visit__isnull=True) | Q(supporter__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "happened_at"],
                name="incident_open",
                condition=Q(closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
