"""The people around a pupil."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked, track
from peersupport.lib.records import Record
from schools.codes import Protection
from schools.models import Role
from students.models.student import READ_BY_COORDINATORS, OfSupportedStudentQuerySet, Student


class GuardianRelation(models.TextChoices):
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("guardian")
    OTHER = "other", _("another adult")


@track(
    kept=("student", "relation", "needs_interpreter", "not_to_be_contacted"),
    noticed=("given_name", "family_name", "phone", "email", "language", "how_to_reach"),
    left_out=("school_id", "is_protected"),
    seen_by=READ_BY_COORDINATORS,
    indexed=("student",),
)
class Guardian(Record):
    """A guardian (vårdnadshavare). One who is not to be contacted is shown nowhere as a contact:
    a guardian may be the threat (DOMAIN §4). A protected pupil's guardians open with the pupil's name."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="guardians")
    school_id = models.BigIntegerField(editable=False)
    is_protected = models.BooleanField(editable=False)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    relation = models.CharField(
        _("relation"),
        max_length=10,
        choices=GuardianRelation,
        default=GuardianRelation.GUARDIAN,
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    how_to_reach = models.CharField(_("how and when to reach"), max_length=200, blank=True)
    not_to_be_contacted = models.BooleanField(_("not to be contacted"), default=False)
    objects = OfSupportedStudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    def visible_to(self, user: User) -> Self:
        if user.acting.role == Role.COORDINATOR:
            return self.filter(student__in=Student.objects.visible_to(user))
        return self.filter(user=user)


@track(
    kept=("student", "user", "chosen_at", "chosen_by"),
    left_out=("school_id",),
    seen_with="student",
    seen_by=READ_BY_COORDINATORS,
    indexed=("student",),
)
class NamedPerson(models.Model):
    """Someone who may open a protected pupil's name, chosen by a coordinator; the assigned supporter always
    may.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="named_people")
    school_id = models.BigIntegerField(editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who may open the name")
        verbose_name_plural = _("people who may open the name")
        constraints = [models.UniqueConstraint(fields=["student", "user"], name="named_person_once")]

    def __str__(self) -> str:
        return str(self.pk)


class ProtectionChangeQuerySet(models.QuerySet["ProtectionChange"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of the pupils at their schools. No one else."""
        if user.acting.role == Role.COORDINATOR:
            return self.filter(student__in=Student.objects.visible_to(user))
        return self.none()


@not_tracked("a log itself, written once")
class ProtectionChange(models.Model):
    """One change of a pupil's protection: from what to what, when, by whom, why. Never changed itself."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="protection_changes")
    school_id = models.BigIntegerField(editable=False)
    before = models.CharField(max_length=12, choices=Protection)
    after = models.CharField(max_length=12, choices=Protection)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    objects = ProtectionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of protection")
        verbose_name_plural = _("changes of protection")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.student_id} {self.changed_at:%Y-%m-%d}"
