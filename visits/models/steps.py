"""The pupil's next step when it is written without a contact."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Role
from students.models import Case, Student


class NextStepQuerySet(models.QuerySet["NextStep"]):
    def visible_to(self, user: User) -> Self:
        """Those who support the pupil today and those who coordinate: the step is for all of them."""
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return self.filter(student__in=Student.objects.visible_to(user))
        return self.none()


@not_tracked("never rewritten, and says who wrote it and who ticked it off")
class NextStep(Record):
    """One step agreed with the pupil, ticked off when it is taken. The latest counts, this or a contact's."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="next_steps")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="next_steps")
    # A copy tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    text = models.CharField(_("Next step"), max_length=200)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)  # NULL: still to come
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    objects = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [
            models.CheckConstraint(
                name="nextstep_done_has_who_and_when",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["student_id", "-written_at"], name="nextstep_by_student")]

    def __str__(self) -> str:
        return str(self.public_id)
