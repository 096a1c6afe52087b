"""The people around a pupil."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.records import Record
from schools.models import Role
from students.models.student import OfStudentQuerySet, Student


class GuardianRelation(models.TextChoices):
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("guardian")
    OTHER = "other", _("another adult")


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
    objects = OfStudentQuerySet.as_manager()

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
