"""A support period, and who supports."""

from datetime import timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.codes import SupportPurpose
from schools.models import Role, School
from students.models.referral import Referral, ReferralReason
from students.models.student import READ_BY_SUPPORTERS, Student
from supporters.models import DateRange, PeerSupporter


class CaseStatus(models.TextChoices):
    AWAITING_CONSENT = "awaiting_consent", _("waiting for consent")
    MAPPING = "mapping", _("getting to know each other")
    ACTIVE = "active", _("ongoing")
    PAUSED = "paused", _("paused")
    CLOSING = "closing", _("ending")
    CLOSED = "closed", _("ended")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators and supporters: the support periods of the pupils they may see. No one else."""
        if user.acting.role in {Role.COORDINATOR, Role.PEER_SUPPORTER}:
            return self.filter(student__in=Student.objects.visible_to(user))
        return self.none()

    def open(self) -> Self:
        return self.exclude(status=CaseStatus.CLOSED)

    def waiting(self) -> Self:
        """Open, and nobody is their main supporter today or later; the one who has waited longest first."""
        mains = Assignment.objects.filter(case=models.OuterRef("pk"), kind=AssignmentKind.MAIN).not_over()
        return self.open().filter(~models.Exists(mains)).order_by("waiting_since", "pk")


@track(
    kept=(
        *(
            "student",
            "referral",
            "status",
            "reason",
            "purposes",
            "local_purposes",
            "review_on",
            "paused_until",
        ),
        *("opened_at", "opened_by", "closed_at", "closed_by"),
    ),
    left_out=("school", "waiting_since"),  # the pupil's; follows from the assignments
    seen_by=READ_BY_SUPPORTERS,
)
class Case(Record):
    """One support period (stödperiod): opened by an accepted referral, closed, perhaps opened again."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="cases")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="case")
    status = models.CharField(_("status"), max_length=16, choices=CaseStatus, default=CaseStatus.MAPPING)
    reason = models.CharField(_("reason"), max_length=10, choices=ReferralReason)
    purposes = ArrayField(
        models.CharField(max_length=12, choices=SupportPurpose),
        default=list,
        blank=True,
        verbose_name=_("purposes"),
    )
    # The organisation's own purposes, ids of LocalCode; those they stand for are in `purposes` too.
    local_purposes = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)  # NULL: not decided
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paused_until = models.DateField(
        _("paused until"), null=True, blank=True
    )  # NULL: not paused, or open-ended
    # Since when nobody has been the main supporter: the opening, or the end of the latest assignment.
    waiting_since = models.DateField(default=today)
    closed_at = models.DateTimeField(null=True, blank=True)  # NULL: open
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("support period")
        verbose_name_plural = _("support periods")
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=~Q(status="closed"),
                name="case_one_open_per_student",
                violation_error_message=_("The pupil already has a support period."),
            ),
            models.UniqueConstraint(fields=["id", "student_id"], name="case_and_student"),
            models.CheckConstraint(
                name="case_closed_has_who_and_when",
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_paused_until_is_of_a_pause",
                condition=Q(paused_until__isnull=True) | Q(status="paused"),
            ),
        ]
        indexes = [models.Index(fields=["school_id", "status"], name="case_by_school")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def days_waiting(self) -> int:
        return (today() - self.waiting_since).days


TRIAL_AHEAD = timedelta(days=7)  # a trial is to be checked within a week, or should have been


class AssignmentKind(models.TextChoices):
    MAIN = "main", _("main supporter")
    STAND_IN = "stand_in", _("stand-in")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools. Supporters: their own that hold today."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.holding_today().filter(
                    supporter__user=user,
                    supporter__organisation=user.acting.organisation_id,
                )
        return self.none()

    def not_over(self) -> Self:
        """Holding today or still to come."""
        return self.filter(ended_at__isnull=True).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()))

    def holding_today(self) -> Self:
        return self.not_over().filter(starts_on__lte=today())


@track(
    kept=(
        *("case", "student", "supporter", "kind", "starts_on", "ends_on", "trial_until"),
        *("made_by", "ended_at", "ended_by"),
    ),
    noticed=("reason", "over_capacity_reason", "end_reason"),
    left_out=("school",),
    seen_by=READ_BY_SUPPORTERS,
)
class Assignment(Record):
    """A supporter for a support period. Access to the pupil starts and ends with it, the same second."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="assignments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind, default=AssignmentKind.MAIN)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("to and including"), null=True, blank=True)  # NULL: until further notice
    trial_until = models.DateField(_("check how it works on"), null=True, blank=True)  # NULL: no trial
    reason = models.CharField(_("why this supporter"), max_length=300)
    over_capacity_reason = models.CharField(_("reason for going over capacity"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # NULL: runs to `ends_on`
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(_("why it ends"), max_length=300, blank=True)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="assignment_ended_has_who_and_when",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            ExclusionConstraint(
                name="assignment_one_main_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind="main", ended_at__isnull=True),
                violation_error_message=_("The pupil already has a main supporter in that period."),
            ),
        ]
        indexes = [models.Index(fields=["supporter_id", "starts_on"], name="assignment_by_supporter")]

    def __str__(self) -> str:
        return str(self.public_id)
