"""That a concern was reported to the authorities. Not what was reported (docs/adr/0033)."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.dates import day_of
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models import Role
from students.models import Student

# SoL 20:2: whether to investigate is decided within 14 days; 19:6: who reported hears within a week of that.
DECIDED_WITHIN = timedelta(days=14)
TOLD_WITHIN = timedelta(days=7)


class ConcernReceiver(models.TextChoices):
    """To whom."""

    SOCIAL = "social", _("Social services")
    EMERGENCY = "emergency", _("Social emergency service")
    POLICE = "police", _("Police")


class ConcernWay(models.TextChoices):
    """By what."""

    PHONE = "phone", pgettext_lazy("way of a report", "By phone")
    FORM = "form", _("By their form or e-service")
    LETTER = "letter", pgettext_lazy("way of a report", "By letter")
    VISIT = "visit", _("At a visit or a meeting")


class ConcernCorrection(models.TextChoices):
    """Why a marker was changed or withdrawn. No words of one's own: they would be content."""

    MISTYPED = "mistyped", _("Something was filled in wrongly")
    ADDED = "added", _("More has become known of how it was sent")
    WRONG_PUPIL = "wrong_pupil", _("It is about another pupil")
    TWICE = "twice", _("It stands here twice")
    NOT_SENT = "not_sent", _("It was never sent")


CHANGES = (ConcernCorrection.MISTYPED, ConcernCorrection.ADDED)
WITHDRAWALS = (ConcernCorrection.WRONG_PUPIL, ConcernCorrection.TWICE, ConcernCorrection.NOT_SENT)


class ConcernReportQuerySet(models.QuerySet["ConcernReport"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools. Others: what they wrote, while they see the pupil."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER | Role.SCHOOL_STAFF:
                return self.filter(author=user, student__in=Student.objects.visible_to(user))
        return self.none()

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


@track(
    kept=("student", "author", "learned_on", "sent_at", "receiver", "way", "feedback_asked")
    + ("changed_because", "withdrawn_at", "withdrawn_by", "withdrawn_because"),
    left_out=("school_id",),
)
class ConcernReport(Record):
    """The marker of one report of concern, written after it was sent: when, to whom and how. Never what."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="concern_reports")
    school_id = models.BigIntegerField(editable=False)  # the pupil's, tied by a composite foreign key
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    learned_on = models.DateField(_("When did you learn of it?"))
    sent_at = models.DateTimeField(_("When was it sent?"))
    receiver = models.CharField(_("To whom?"), max_length=10, choices=ConcernReceiver)
    way = models.CharField(_("How?"), max_length=10, choices=ConcernWay)
    feedback_asked = models.BooleanField(_("Feedback is asked for"), default=False)
    changed_because = models.CharField(max_length=12, choices=ConcernCorrection, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: it stands
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=12, choices=ConcernCorrection, blank=True)
    objects = ConcernReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of concern")
        verbose_name_plural = _("reports of concern")
        constraints = [
            models.CheckConstraint(
                name="concern_report_withdrawn_has_who_when_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
            ),
        ]
        indexes = [models.Index(fields=["student_id", "sent_at"], name="concern_report_by_student")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def decided_by(self) -> date | None:
        """The day by which it is decided whether to investigate; None where no board decides."""
        if self.receiver == ConcernReceiver.POLICE:
            return None
        return day_of(self.sent_at) + DECIDED_WITHIN

    @property
    def told_by(self) -> date | None:
        """The day by which who reported hears whether there is an investigation; None: not asked for."""
        return self.decided_by + TOLD_WITHIN if self.decided_by and self.feedback_asked else None
