"""A change of school: planned, asked for, done."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Role, School, SchoolForm
from students.models.student import Student


class SchoolMoveQuerySet(models.QuerySet["SchoolMove"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators of the pupil's school today, and of the one to come. No one else."""
        if user.acting.role == Role.COORDINATOR:
            schools = user.acting.schools
            return self.filter(Q(school_id__in=schools) | Q(to_school__in=schools))
        return self.none()

    def pending(self) -> Self:
        """Neither done nor called off."""
        return self.filter(applied_at__isnull=True, cancelled_at__isnull=True)

    def for_answer_by(self, user: User) -> Self:
        """Asked by a coordinator who does not see the new school: those who do say yes or no (ADR 17)."""
        waiting = self.visible_to(user).pending().filter(accepted_at__isnull=True)
        return waiting.filter(to_school__in=user.acting.schools)


@not_tracked("says itself who planned, answered and carried it out")
class SchoolMove(Record):
    """One change of school. Whoever is to receive the pupil sees the alias and the grade, until it is done.

    Written by the owner's functions only, which also see to it that access follows on the day.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="school_moves")
    school_id = models.BigIntegerField(editable=False)  # where the pupil goes today
    is_protected = models.BooleanField(editable=False)
    alias = models.CharField(max_length=8, editable=False)
    # NULL: to a school outside the organisation.
    to_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("new school")
    )
    left_for = models.CharField(_("name of the school"), max_length=120, blank=True)
    school_form = models.CharField(max_length=8, choices=SchoolForm)
    grade = models.PositiveSmallIntegerField(null=True)  # NULL: not stated
    valid_from = models.DateField(_("first day at the new school"), default=today)
    ends_support = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)  # NULL: waits for a coordinator of the new school
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)  # NULL: not done
    cancelled_at = models.DateTimeField(null=True)  # NULL: not called off
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=300, blank=True, db_default="")
    objects = SchoolMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of school")
        verbose_name_plural = _("changes of school")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(applied_at__isnull=True, cancelled_at__isnull=True),
                name="schoolmove_one_pending",
            ),
            models.CheckConstraint(
                name="schoolmove_accepted_has_who_and_when",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="schoolmove_cancelled_has_who_and_when",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="schoolmove_done_or_called_off",
                condition=Q(applied_at__isnull=True)
                | Q(cancelled_at__isnull=True, accepted_at__isnull=False),
            ),
        ]
        indexes = [
            # Asked at the start of every request: does one take effect today?
            models.Index(
                fields=["valid_from"],
                name="schoolmove_due",
                condition=Q(applied_at__isnull=True, cancelled_at__isnull=True, accepted_at__isnull=False),
            ),
            models.Index(fields=["school_id"], name="schoolmove_by_school"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
