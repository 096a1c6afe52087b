"""Which school the pupil has gone to since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import today
from peersupport.lib.history import track
from schools.codes import SchoolForm
from schools.models import School
from students.models.student import READ_BY_COORDINATORS, OfSupportedStudentQuerySet, Student


@track(
    kept=("student", "school", "school_form", "grade", "valid_from"),
    left_out=("access_school_id",),
    seen_by=READ_BY_COORDINATORS,
    indexed=("student",),
)
class Enrolment(models.Model):
    """School, form and grade from a day on. The latest that has begun is copied to the pupil's row."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrolments")
    # The pupil's school today, for the policy; `school` is where this enrolment was.
    access_school_id = models.BigIntegerField(editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    school_form = models.CharField(max_length=8, choices=SchoolForm)
    grade = models.PositiveSmallIntegerField(null=True)  # NULL: not stated
    valid_from = models.DateField(default=today)
    objects = OfSupportedStudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["student", "valid_from"], name="enrolment_one_a_day")]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.school_id} {self.valid_from}"
