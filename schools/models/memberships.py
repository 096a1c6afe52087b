"""Who may do what where, and from when to when."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import track
from peersupport.lib.ordering import swedish_order
from peersupport.lib.records import Record
from schools.models.places import Organisation, School
from schools.models.roles import ROLES_OF_COORDINATORS, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        """One's own; coordinators, leads, administrators and reviewers: also their organisation's."""
        own = Q(user=user)
        if user.acting.role in {Role.COORDINATOR, Role.LEAD, Role.ADMIN, Role.REVIEWER}:
            return self.filter(own | Q(organisation=user.acting.organisation_id))
        return self.filter(own)

    def holding_today(self) -> Self:
        """Confirmed, and `today` within the period; `valid_to` is the last day."""
        return self.filter(confirmed_at__isnull=False, valid_from__lte=today()).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today())
        )

    def not_over(self) -> Self:
        """Today or later, confirmed or not."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today())).exclude(
            valid_to__lt=F("valid_from")
        )

    def awaiting_confirmation(self) -> Self:
        return self.not_over().filter(confirmed_at__isnull=True)

    def confirmable_by(self, user: User) -> Self:
        """Awaiting confirmation, and this person's to confirm; with people, the oldest first (TRUST T26).

        A coordinator or lead of the organisation, or the coordinator of the school; never one's own, nor what
        one has granted in another role.
        """
        if user.acting.role not in {Role.COORDINATOR, Role.LEAD}:
            return self.none()
        waiting = self.visible_to(user).awaiting_confirmation().exclude(user=user).exclude(granted_by=user)
        if user.acting.school_id is not None:
            waiting = (
                waiting.filter(school=user.acting.school_id)
                if user.acting.role == Role.COORDINATOR
                else self.none()
            )
        return waiting.with_people().order_by("created_at", "pk")

    def given_by(self, user: User) -> Self:
        """Roles that are a coordinator's to give and to end, and not over: supporters and staff of theirs."""
        if user.acting.role != Role.COORDINATOR:
            return self.none()
        places = Q(school__in=user.acting.schools)
        if user.acting.school_id is None:
            places |= Q(school__isnull=True)
        here = self.visible_to(user).filter(organisation=user.acting.organisation_id)
        return here.not_over().filter(places, role__in=ROLES_OF_COORDINATORS)

    def with_people(self) -> Self:
        return self.select_related("user", "organisation", "school", "granted_by")

    def by_name(self) -> Self:
        """In the Swedish order of family names (`list_key`, for keyset pages)."""
        key = swedish_order("user__family_name", "user__given_name")
        return self.annotate(list_key=key).order_by("list_key", "pk")


@track(
    kept=(
        *("user", "role", "organisation", "school", "valid_from", "valid_to"),
        *("granted_by", "confirmed_at", "confirmed_by"),
    )
)
class Membership(Record):
    """A role in an organisation or at one of its schools, for a period.

    Nobody writes their own (TRUST T26).
    """

    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    # NULL: the whole organisation.
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("school"),
        help_text=_("Empty means the whole organisation."),
    )
    valid_from = models.DateField(_("from"), default=today)
    valid_to = models.DateField(_("to and including"), null=True, blank=True)  # NULL: until further notice
    # NULL: the first membership of an installation, made by the operator.
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    # NULL: not in force yet; a coordinator or lead has to confirm it.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "role"]
        constraints = [
            # The day before the first: taken back before the first day was over; it holds on no day at all.
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="membership_is_granted_by_another",
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                violation_error_message=_("Nobody grants a role to themselves."),
            ),
            models.CheckConstraint(
                name="membership_is_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "valid_from"], name="membership_by_user"),
            # The administrator's list, whole and by role.
            models.Index(fields=["organisation_id", "id"], name="membership_by_organisation"),
            models.Index(fields=["organisation_id", "role", "id"], name="membership_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.scope_name}"

    @property
    def scope_name(self) -> str:
        return self.school.name if self.school else self.organisation.name

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and _holds(self.valid_from, self.valid_to)

    @property
    def is_over(self) -> bool:
        return self.valid_to is not None and self.valid_to < max(today(), self.valid_from)

    def touch_confirmed(self, by: User | None) -> None:
        self.confirmed_at, self.confirmed_by = timezone.now(), by


def _holds(first: date, last: date | None) -> bool:
    return first <= today() and (last is None or last >= today())
