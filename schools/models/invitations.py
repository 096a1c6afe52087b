"""A role offered by e-mail to someone who may not have an account yet."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models.places import Organisation, School
from schools.models.roles import ROLES_OF_COORDINATORS, Role

# Unopened for longer than this, an invitation is shown to whoever sent it.
UNOPENED = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """Administrators: their organisation's. Coordinators: to roles and places that are theirs."""
        acting = user.acting
        here = self.filter(organisation=acting.organisation_id)
        match acting.role:
            case Role.ADMIN if acting.school_id is None:
                return here
            case Role.COORDINATOR:
                places = Q(school__in=acting.schools)
                if acting.school_id is None:
                    places |= Q(school__isnull=True)
                return here.filter(places, role__in=ROLES_OF_COORDINATORS)
        return self.none()

    def open(self) -> Self:
        """Neither accepted nor withdrawn."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def with_people(self) -> Self:
        return self.select_related("organisation", "school", "invited_by", "accepted_by")

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


@not_tracked("says who sent, accepted and withdrew it, each link who sent it again; the role is tracked")
class Invitation(Record):
    """An offer of a role, sent as a link. The role begins when it is accepted (TRUST T26)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    # NULL: the whole organisation.
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("school"),
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    valid_to = models.DateField(_("to and including"), null=True, blank=True)  # NULL: until further notice
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The role in which it was sent: what an administrator offers may need a second person's word.
    invited_as = models.CharField(max_length=16, choices=Role)
    sent_at = models.DateTimeField(default=timezone.now)
    # The latest mail, without a foreign key; what became of it and of the link tells `invitation_traces`.
    mail_id = models.UUIDField(null=True)  # NULL: not written yet, inside the transaction that does
    accepted_at = models.DateTimeField(null=True)  # NULL: not accepted
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)  # NULL: not withdrawn
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(name="invitation_email_is_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="invitation_accepted_has_who_and_when",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_withdrawn_has_who_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_not_accepted_and_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_by_another",
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("invited_by")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "school", "role", "email"],
                name="invitation_one_open_per_role_and_place",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="invitation_by_organisation")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def scope_name(self) -> str:
        return self.school.name if self.school else self.organisation.name

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None
