"""Name and address, each in a table of its own: fewer people may see them than the pupil."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from peersupport.lib.history import track
from students.models.student import (
    READ_BY_COORDINATORS,
    OfStudentQuerySet,
    OfSupportedStudentQuerySet,
    Student,
)


@track(
    kept=("student",),
    noticed=("given_name", "family_name", "called"),
    left_out=("school_id", "is_protected", "sort_key", "search_key"),
    seen_with="student",
    seen_by=READ_BY_COORDINATORS,
    indexed=("student",),
)
class Identity(models.Model):
    """The pupil's name.

    Row policy: never a protected pupil's; that one opens through `open_identity` only.
    """

    student = models.OneToOneField(
        Student, on_delete=models.PROTECT, primary_key=True, related_name="identity"
    )
    # Copies, tied to the pupil's row by composite foreign keys with ON UPDATE CASCADE.
    school_id = models.BigIntegerField(editable=False)
    is_protected = models.BooleanField(editable=False)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    called = models.CharField(_("called"), max_length=80, blank=True)
    sort_key = models.CharField(max_length=200, editable=False)
    search_key = models.CharField(max_length=500, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = OfStudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        indexes = [
            GinIndex(
                fields=["search_key"],
                name="identity_by_name",
                opclasses=["gin_trgm_ops"],
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def everyday_name(self) -> str:
        return self.called or self.given_name


@track(
    kept=("student",),
    noticed=("street", "postal_code", "city", "phone", "how_to_reach"),
    left_out=("school_id",),
    seen_with="student",
    seen_by=READ_BY_COORDINATORS,
    indexed=("student",),
)
class Whereabouts(models.Model):
    """Address and phone.

    The web role may write them but reads them only through `open_whereabouts`, with a reason.
    """

    student = models.OneToOneField(
        Student, on_delete=models.PROTECT, primary_key=True, related_name="whereabouts"
    )
    school_id = models.BigIntegerField(editable=False)
    street = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=60, blank=True)
    phone = models.CharField(_("pupil's phone"), max_length=30, blank=True)
    how_to_reach = models.CharField(_("how to reach the pupil"), max_length=200, blank=True)
    objects = OfSupportedStudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("whereabouts")
        verbose_name_plural = _("whereabouts")

    def __str__(self) -> str:
        return str(self.pk)
