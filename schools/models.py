"""Where the work happens, and who may do what there."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.records import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OrganisationKind(models.TextChoices):
    OWNER = "owner", _("school owner")
    ASSOCIATION = "association", _("user association")
    REGION = "region", _("region")


class SchoolForm(models.TextChoices):
    """National codes of SS 12000 (`schoolTypes`); not editable locally."""

    PRESCHOOL_CLASS = "FKLASS", _("preschool class")
    COMPULSORY = "GR", _("compulsory school")
    ADAPTED_COMPULSORY = "GRS", _("adapted compulsory school")
    SPECIAL = "SP", _("special school")
    SAMI = "SAM", _("Sami school")
    UPPER_SECONDARY = "GY", _("upper secondary school")
    ADAPTED_UPPER_SECONDARY = "GYS", _("adapted upper secondary school")


class SchoolStatus(models.TextChoices):
    """The register's `Status`: AKTIV, VILANDE, UPPHORT."""

    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    CLOSED = "closed", _("closed")


class Role(models.TextChoices):
    PEER_SUPPORTER = "peer_supporter", _("peer supporter")
    COORDINATOR = "coordinator", _("coordinator")
    SUPERVISOR = "supervisor", _("supervisor")
    SCHOOL_STAFF = "school_staff", _("school staff")
    LEAD = "lead", _("programme lead")
    ADMIN = "admin", _("system administrator")
    REVIEWER = "reviewer", _("reviewer")


# TRUST T26: granted by an administrator, these take effect when a coordinator or lead has confirmed them.
ROLES_THAT_SEE_STUDENTS = (
    Role.PEER_SUPPORTER,
    Role.COORDINATOR,
    Role.SCHOOL_STAFF,
    Role.REVIEWER,
)
# TRUST T8
ROLES_WITH_SECOND_FACTOR = tuple(role for role in Role if role != Role.PEER_SUPPORTER)

municipality_code = RegexValidator(r"^\d{4}$", _("A municipality code has four digits."))
school_unit_code = RegexValidator(r"^\d{8}$", _("A school unit code has eight digits."))
organisation_number = RegexValidator(
    r"^\d{10}$", _("An organisation number has ten digits, without a hyphen.")
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User) -> Self:
        """The organisation acted in."""
        return self.filter(pk=user.acting.organisation_id)


class Organisation(Record):
    """A school owner (huvudman), user association or region. Its settings are the programme's rules."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=OrganisationKind,
        default=OrganisationKind.OWNER,
    )
    number = models.CharField(
        _("organisation number"),
        max_length=10,
        blank=True,
        validators=[organisation_number],
    )
    municipality_code = models.CharField(
        _("municipality code"), max_length=4, blank=True, validators=[municipality_code]
    )
    # One setting for page, digest and report alike.
    days_without_contact = models.PositiveSmallIntegerField(
        _("days without a meeting before a pupil is listed"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    students_per_full_time = models.PositiveSmallIntegerField(
        _("pupils per full-time supporter"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="organisation_number_is_unique",
                violation_error_message=_("There is already an organisation with this number."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: the schools they coordinate. Staff: where they work. Others: their organisation's."""
        if user.acting.role in {Role.COORDINATOR, Role.SCHOOL_STAFF}:
            return self.filter(pk__in=user.acting.schools)
        return self.filter(organisation=user.acting.organisation_id)

    def open(self) -> Self:
        return self.exclude(status=SchoolStatus.CLOSED)


class School(Record):
    """A school unit (skolenhet). Code and municipality are strings: both may begin with a zero."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="schools",
        verbose_name=_("school owner"),
    )
    name = models.CharField(_("name"), max_length=120)
    unit_code = models.CharField(
        _("school unit code"), max_length=8, unique=True, validators=[school_unit_code]
    )
    municipality_code = models.CharField(
        _("municipality code"), max_length=4, blank=True, validators=[municipality_code]
    )
    forms = ArrayField(
        models.CharField(max_length=8, choices=SchoolForm),
        default=list,
        blank=True,
        verbose_name=_("school forms"),
    )
    grades = models.CharField(
        _("grades"),
        max_length=40,
        blank=True,
        help_text=_("For example F–9 or gy 1–3."),
    )
    status = models.CharField(_("status"), max_length=8, choices=SchoolStatus, default=SchoolStatus.ACTIVE)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["id", "organisation"], name="school_and_organisation")]

    def __str__(self) -> str:
        return self.name

    @property
    def form_labels(self) -> list["StrOrPromise"]:
        return [SchoolForm(code).label for code in self.forms if code in SchoolForm.values]


class SchoolContactQuerySet(models.QuerySet["SchoolContact"]):
    def visible_to(self, user: User) -> Self:
        """Those of the schools the user may see."""
        return self.filter(school__in=School.objects.visible_to(user))


class SchoolContact(Record):
    """Whom to ring at a school: by function, with a name when there is one."""

    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="contacts",
        verbose_name=_("school"),
    )
    function = models.CharField(
        _("function"),
        max_length=80,
        help_text=_("For example principal or counsellor."),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    objects = SchoolContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("school contact")
        verbose_name_plural = _("school contacts")
        ordering = ["function", "name"]

    def __str__(self) -> str:
        return self.name or self.function


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        """One's own; coordinators, leads and administrators also those of the organisation acted in."""
        own = Q(user=user)
        if user.acting.role in {Role.COORDINATOR, Role.LEAD, Role.ADMIN}:
            return self.filter(own | Q(organisation=user.acting.organisation_id))
        return self.filter(own)

    def holding_today(self) -> Self:
        """Confirmed, and `today` within the period; `valid_to` is the last day."""
        return self.filter(confirmed_at__isnull=False, valid_from__lte=today()).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today())
        )

    def awaiting_confirmation(self) -> Self:
        return self.filter(confirmed_at__isnull=True).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today())
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
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
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
        indexes = [models.Index(fields=["user_id", "valid_from"], name="membership_by_user")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.scope_name}"

    @property
    def scope_name(self) -> str:
        return self.school.name if self.school else self.organisation.name

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and _holds(self.valid_from, self.valid_to)

    def touch_confirmed(self, by: User | None) -> None:
        self.confirmed_at, self.confirmed_by = timezone.now(), by


def _holds(first: date, last: date | None) -> bool:
    return first <= today() and (last is None or last >= today())
