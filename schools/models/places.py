"""Organisations, their schools, and whom to ring there."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.ordering import swedish_order
from peersupport.lib.records import Record
from schools.codes import SCHOOL_FORM, ContactKind, SchoolForm
from schools.models.roles import Role


class OrganisationKind(models.TextChoices):
    OWNER = "owner", _("school owner")
    ASSOCIATION = "association", _("user association")
    REGION = "region", _("region")


class SchoolStatus(models.TextChoices):
    """The register's `Status`: AKTIV, VILANDE, UPPHORT."""

    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    CLOSED = "closed", _("closed")


municipality_code = RegexValidator(r"^\d{4}$", _("A municipality code has four digits."))
school_unit_code = RegexValidator(r"^\d{8}$", _("A school unit code has eight digits."))
organisation_number = RegexValidator(
    r"^\d{10}$", _("An organisation number has ten digits, without a hyphen.")
)


def without_the_pupil() -> list[str]:
    """The kinds that are work for a pupil and no meeting, unless the organisation says otherwise."""
    return [ContactKind.GUARDIAN_CONTACT.value, ContactKind.STAFF_CONTACT.value]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User) -> Self:
        """The organisation acted in."""
        return self.filter(pk=user.acting.organisation_id)

    def known_to(self, user: User) -> Self:
        """The organisation acted in, and those that own no schools: associations and regions may employ."""
        return self.filter(Q(pk=user.acting.organisation_id) | ~Q(kind=OrganisationKind.OWNER))


@track(
    kept=(
        *("kind", "days_without_contact", "days_before_first_contact", "counts_school_days"),
        *("uncounted_kinds", "students_per_full_time"),
    ),
    noticed=(
        *("name", "number", "municipality_code"),
        *("hidden_codes", "target_group_one", "target_group_many"),
    ),
    seen_by={Role.COORDINATOR: Q()},
)
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
    # One setting for page, digest and report alike: `time_since_met` in the database reads these four.
    days_without_contact = models.PositiveSmallIntegerField(
        _("days without a meeting before a pupil is listed"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    days_before_first_contact = models.PositiveSmallIntegerField(
        _("days before the first meeting"),
        default=5,
        db_default=5,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    # An organisation that was here before the rule keeps counting as it did: `db_default` is for its row.
    counts_school_days = models.BooleanField(_("count school days only"), default=True, db_default=False)
    uncounted_kinds = ArrayField(
        models.CharField(max_length=20, choices=ContactKind),
        default=without_the_pupil,
        db_default=["guardian_contact", "staff_contact"],
        blank=True,
        verbose_name=_("kinds of contact that are no meeting"),
    )
    students_per_full_time = models.PositiveSmallIntegerField(
        _("pupils per full-time supporter"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    # National values that its forms leave out, as "list:code"; what is stored keeps its word.
    hidden_codes = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("left out of forms"),
    )
    # Whom the support is for, where staff read; empty means the usual words. Never stored on a pupil.
    target_group_one = models.CharField(
        _("one of the target group"), max_length=60, blank=True, default="", db_default=""
    )
    target_group_many = models.CharField(
        _("several of the target group"), max_length=60, blank=True, default="", db_default=""
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

    def has_rules_kept_by(self, user: User) -> bool:
        """Whether the user says when a pupil is long since met: whoever coordinates all its schools."""
        acting = user.acting
        coordinates_all = acting.role == Role.COORDINATOR and acting.school_id is None
        return coordinates_all and acting.organisation_id == self.pk


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: the schools they coordinate. Staff: where they work. Others: their organisation's."""
        if user.acting.role in {Role.COORDINATOR, Role.SCHOOL_STAFF}:
            return self.filter(pk__in=user.acting.schools)
        return self.filter(organisation=user.acting.organisation_id)

    def of_organisation(self, user: User) -> Self:
        """All schools of the organisation acted in: a pupil may move to one that is not one's own."""
        return self.filter(organisation=user.acting.organisation_id)

    def open(self) -> Self:
        return self.exclude(status=SchoolStatus.CLOSED)

    def by_name(self) -> Self:
        """In Swedish order (`list_key`, for keyset pages)."""
        return self.annotate(list_key=swedish_order("name")).order_by("list_key", "pk")


@track(
    kept=("organisation", "forms", "status"),
    noticed=("name", "unit_code", "municipality_code", "grades", "phone"),
)
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
    def form_labels(self) -> list[str]:
        return [SCHOOL_FORM.label(code) for code in self.forms if SCHOOL_FORM.knows(code)]


class SchoolContactQuerySet(models.QuerySet["SchoolContact"]):
    def visible_to(self, user: User) -> Self:
        """Those of the schools the user may see."""
        return self.filter(school__in=School.objects.visible_to(user))


@track(kept=("school",), noticed=("function", "name", "email", "phone"))
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
