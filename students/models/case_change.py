"""How a support period has gone: each step, who took it, and why."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from schools.models import Role
from students.models.case import Case, CaseStatus
from students.models.student import Student


class CaseEndReason(models.TextChoices):
    """Why support ends. None of them is anybody's fault."""

    GOALS_REACHED = "goals_reached", _("the goals are reached, or back in school")
    OWN_WISH = "own_wish", _("the pupil wants to stop")
    MOVED = "moved", _("has moved")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("the consent was withdrawn")
    GROWN_UP = "grown_up", _("has turned 18 or left school")
    NO_CONTACT = "no_contact", _("we did not get in touch")
    OTHER = "other", _("something else")


class CaseStatusChangeQuerySet(models.QuerySet["CaseStatusChange"]):
    def visible_to(self, user: User) -> Self:
        """Those who may see the support period."""
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return self.filter(student__in=Student.objects.visible_to(user))
        return self.none()


@not_tracked("a log itself, written once")
class CaseStatusChange(models.Model):
    """One step of a support period: which status, from when, by whom, why. Written once, never changed.

    The opening is none: it stands on the support period itself.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="status_changes")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    # A copy tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    before = models.CharField(max_length=16, choices=CaseStatus)
    after = models.CharField(max_length=16, choices=CaseStatus)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # For an end: its last day. For a pause: its last day. NULL: from that moment on.
    until = models.DateField(null=True, blank=True)
    end_reason = models.CharField(_("why it ends"), max_length=20, choices=CaseEndReason, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    learnt = models.TextField(_("What did we learn?"), max_length=2000, blank=True)
    objects = CaseStatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a support period")
        verbose_name_plural = _("changes of support periods")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="casestatuschange_end_has_a_reason",
                condition=models.Q(after="closed") & ~models.Q(end_reason="")
                | ~models.Q(after="closed") & models.Q(end_reason=""),
            )
        ]
        indexes = [models.Index(fields=["student_id", "-at"], name="casestatuschange_by_student")]

    def __str__(self) -> str:
        return f"{self.after} {self.at:%Y-%m-%d}"
