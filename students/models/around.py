"""Who is around a pupil, besides guardians and peer supporters."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models import Role
from students.models.student import READ_BY_SUPPORTERS, OfSupportedStudentQuerySet, Student


class PersonKind(models.TextChoices):
    PROFESSIONAL = "professional", _("someone who works with the pupil")
    OWN = "own", _("someone who matters to the pupil")


class PersonAroundQuerySet(OfSupportedStudentQuerySet):
    def changeable_by(self, user: User) -> Self:
        """Coordinators: all they see. Supporters: the pupil's own important people, who they hear of."""
        if user.acting.role == Role.COORDINATOR:
            return self.visible_to(user)
        return self.visible_to(user).filter(kind=PersonKind.OWN)


@track(
    kept=("student", "kind", "starts_on", "ends_on", "is_first_contact", "added_by"),
    noticed=("name", "role", "organisation", "helps_with", "phone", "email", "how_to_reach"),
    left_out=("school_id", "is_protected"),
    seen_by={role: Q(pgh_obj__is_protected=False) for role in READ_BY_SUPPORTERS},  # sealed, as the row is
)
class PersonAround(Record):
    """A person or function around a pupil: a counsellor, a grandmother, a coach.

    A protected pupil's open with the pupil's name, as guardians do: they may tell where the pupil is.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="people_around")
    school_id = models.BigIntegerField(editable=False)
    is_protected = models.BooleanField(editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=PersonKind, default=PersonKind.PROFESSIONAL)
    name = models.CharField(_("name or function"), max_length=120)
    role = models.CharField(_("profession, or relation to the pupil"), max_length=80, blank=True)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    helps_with = models.CharField(_("helps with"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    how_to_reach = models.CharField(_("how and when to reach"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("to and including"), null=True, blank=True)  # NULL: until further notice
    is_first_contact = models.BooleanField(_("first contact"), default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    objects = PersonAroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("person around a pupil")
        verbose_name_plural = _("people around a pupil")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="personaround_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["student"], condition=Q(is_first_contact=True), name="personaround_one_first_contact"
            ),
        ]
        indexes = [models.Index(fields=["student_id"], name="personaround_by_student")]

    def __str__(self) -> str:
        return str(self.pk)
