"""The pupil.

What different people may see of one pupil lies in different tables, so that a row policy is enough.
"""

import secrets
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from peersupport.lib.relations import related_rows
from schools.codes import Protection, SchoolForm, Sex
from schools.models import Role, School

# Without letters and digits that look or sound alike when an alias is read out on the phone.
ALIAS_ALPHABET = "ACDEFHJKLMNPRTUVXY3479"
ALIAS_LENGTH = 5


def new_alias() -> str:
    """A random code such as "4F7KD", kept for life and derived from nothing."""
    return "".join(secrets.choice(ALIAS_ALPHABET) for _ in range(ALIAS_LENGTH))


# Who may read what has been changed of a pupil's record itself.
READ_BY_COORDINATORS = {Role.COORDINATOR.value: Q()}
# And what of a pupil's support: who gives it, too.
READ_BY_SUPPORTERS = {**READ_BY_COORDINATORS, Role.PEER_SUPPORTER.value: Q()}


class StudentQuerySet(models.QuerySet["Student"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: pupils at their schools. Supporters: with an assignment that holds today.
        School staff: pupils their own school has referred. One that went into another record nobody."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school__in=user.acting.schools, merged_into__isnull=True)
            case Role.PEER_SUPPORTER:
                assignments: Any = related_rows(Student, "assignments")
                own = assignments.holding_today().filter(
                    student=models.OuterRef("pk"),
                    supporter__user=user,
                    supporter__organisation=user.acting.organisation_id,
                )
                return self.filter(models.Exists(own))
            case Role.SCHOOL_STAFF:
                return self.filter(
                    models.Exists(
                        related_rows(Student, "referrals").filter(
                            student=models.OuterRef("pk"),
                            school__in=user.acting.schools,
                        )
                    )
                )
        return self.none()

    def with_names(self) -> Self:
        """With name and school loaded; a protected pupil's name is not there to load."""
        return self.select_related("identity", "school")

    def found(self, *searches: list[str]) -> Self:
        """Those that `search_students` finds for any of `searches`, lists of folded words (lib.names)."""
        if not searches:
            return self.none()
        statement = " union ".join(["select student_id from search_students(%s::text[])"] * len(searches))
        return self.filter(pk__in=RawSQL(statement, list(searches)))  # noqa: S611  the words are parameters

    def by_name(self) -> Self:
        """In Swedish order, å ä ö last; protected pupils after all names, by alias."""
        return self.annotate(
            list_key=Coalesce(
                "identity__sort_key",
                Concat(models.Value("~"), "alias"),
                output_field=models.TextField(),
            )
        ).order_by("list_key", "pk")


@track(
    kept=(
        *("school", "school_form", "grade", "birth_year", "sex", "protection"),
        *("left_on", "merged_into"),
    ),
    noticed=("works_well",),
    left_out=("is_protected", "alias"),  # computed; for life
    seen_by=READ_BY_COORDINATORS,
)
class Student(Record):
    """A pupil, without a name: where they go to school, and how carefully to treat them.

    No diagnosis field exists.
    """

    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="students",
        verbose_name=_("school"),
    )
    # Where and in which grade today; `Enrolment` holds since when, and what came before.
    school_form = models.CharField(
        _("school form"),
        max_length=8,
        choices=SchoolForm,
        default=SchoolForm.COMPULSORY,
    )
    # Grades change meaning in 2028 (SkolL amendment 2025:729), so none is "the last one".
    grade = models.PositiveSmallIntegerField(
        _("grade"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )  # NULL: not stated
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2040)],
    )  # NULL: not stated
    sex = models.CharField(_("legal sex"), max_length=10, choices=Sex, default=Sex.NOT_STATED)
    protection = models.CharField(_("protection"), max_length=12, choices=Protection, default=Protection.NONE)
    # Computed by the database, so that the copies on name and guardians cannot lag behind.
    is_protected = models.GeneratedField(
        expression=models.ExpressionWrapper(~Q(protection="none"), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    alias = models.CharField(_("alias"), max_length=8, unique=True, default=new_alias, editable=False)
    works_well = models.TextField(_("This works"), max_length=1000, blank=True)
    # NULL: goes to `school`. Otherwise since this day to one outside the organisation, and that was the last.
    left_on = models.DateField(null=True, editable=False)
    # NULL: a record of its own. Otherwise it was the same pupil's, and everything of it is there now.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pupil")
        verbose_name_plural = _("pupils")
        indexes = [models.Index(fields=["school_id", "id"], name="student_by_school")]
        constraints = [
            # What the composite foreign keys of the child tables point at.
            models.UniqueConstraint(fields=["id", "school_id"], name="student_and_school"),
            models.UniqueConstraint(fields=["id", "is_protected"], name="student_and_protection"),
            models.CheckConstraint(
                name="student_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.alias_label  # never the name: this text reaches logs and error pages

    @property
    def alias_label(self) -> str:
        return _("Pupil %(alias)s") % {"alias": self.alias}

    @property
    def name(self) -> str:
        """The full name, or the alias when protected or when the name is not this reader's to see."""
        identity = getattr(self, "identity", None)
        return self.alias_label if identity is None else identity.name

    @property
    def called_name(self) -> str:
        """What the pupil is called every day, or the alias."""
        identity = getattr(self, "identity", None)
        return self.alias_label if identity is None else identity.everyday_name

    @property
    def grade_label(self) -> str:
        if self.grade is None:
            return ""
        if self.school_form in {
            SchoolForm.UPPER_SECONDARY,
            SchoolForm.ADAPTED_UPPER_SECONDARY,
        }:
            return _("gy %(grade)s") % {"grade": self.grade}
        if self.grade == 0:
            return str(_("preschool class"))  # lazy text cannot be joined
        return _("grade %(grade)s") % {"grade": self.grade}

    @property
    def place_label(self) -> str:
        """Grade and school; for a protected pupil the organisation stands in for the school (DOMAIN §4)."""
        if self.is_protected:
            return ""
        if self.left_on is not None:
            return _("has left %(school)s") % {"school": self.school.name}
        return ", ".join(part for part in (self.grade_label, self.school.name) if part)


class OfStudentQuerySet(models.QuerySet[models.Model]):
    """Rows that belong to a pupil and follow who may see the pupil."""

    def visible_to(self, user: User) -> Self:
        return self.filter(student__in=Student.objects.visible_to(user))


class OfSupportedStudentQuerySet(OfStudentQuerySet):
    """Rows for those who give or lead the support; school staff see a name and no more."""

    def visible_to(self, user: User) -> Self:
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return super().visible_to(user)
        return self.none()
