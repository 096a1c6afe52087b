"""Two records of one pupil, made one; and what it takes to make them two again."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Role
from students.models.student import Student

DAYS_TO_UNDO = 30  # the functions of scope/functions/7_merging.sql say the same


class StudentMergeQuerySet(models.QuerySet["StudentMerge"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: where the pupil that was kept goes to one of their schools. No one else."""
        if user.acting.role == Role.COORDINATOR:
            return self.filter(school_id__in=user.acting.schools)
        return self.none()

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


@not_tracked("a log itself: who merged, who undid")
class StudentMerge(Record):
    """One merge: which record was kept, which one went into it, when, by whom; and whether it is undone.

    Written by the owner's functions only. The record that went in is to be seen by nobody, so what is said
    about it stands here.
    """

    kept = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="merges")
    school_id = models.BigIntegerField(editable=False)  # of the pupil that was kept, today
    absorbed = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    absorbed_public_id = models.UUIDField(editable=False)
    absorbed_alias = models.CharField(max_length=8, editable=False)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)  # NULL: it stands
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = StudentMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two pupils")
        verbose_name_plural = _("merges of two pupils")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merge_is_of_two", condition=~Q(kept=F("absorbed"))),
            models.CheckConstraint(
                name="merge_undone_has_who_and_when",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="merge_absorbs_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def can_be_undone_until(self) -> datetime:
        return self.merged_at + timedelta(days=DAYS_TO_UNDO)

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and timezone.now() < self.can_be_undone_until


@not_tracked("a log itself, thrown away with the right to undo")
class MergeTrace(models.Model):
    """One row of any table as a merge found it and left it, for undoing it exactly.

    Closed to everyone but the owner's functions, for it may hold a name; gone when the merge can no longer be
    undone.
    """

    merge = models.ForeignKey(StudentMerge, on_delete=models.CASCADE, related_name="+")
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=40)
    before = models.JSONField(null=True)  # NULL: the merge made the row
    after = models.JSONField(null=True)  # NULL: the merge took the row away

    class Meta:
        verbose_name = _("trace of a merge")
        verbose_name_plural = _("traces of merges")

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key}"
