"""An alarm and whom it calls. Nothing in it leads to a pupil: those called may not see one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from safety.models.visits import HomeVisit
from schools.models import Organisation, Role
from supporters.models import PeerSupporter


class AlarmKind(models.TextChoices):
    OVERDUE = "overdue", _("A visit has not been ended")
    HELP = "help", _("Somebody asks for help")
    NOT_STARTED = "not_started", _("A planned visit has not begun")
    DRILL = "drill", _("Drill")


class AlarmStep(models.IntegerChoices):
    """Whom it has reached; each is called when the one before has not taken it."""

    SUPPORTER = 1, _("the supporter")
    COLLEAGUE = 2, _("a colleague")
    COORDINATOR = 3, _("the coordinator")
    DUTY = 4, _("whoever is on duty")


class AlarmOutcome(models.TextChoices):
    ALL_WELL = "all_well", _("All is well")
    FORGOTTEN = "forgotten", _("Forgot to say that it was over")
    HELPED = "helped", _("Got help")
    EMERGENCY = "emergency", _("112 was called")
    DRILL = "drill", _("It was a drill")


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def visible_to(self, user: User) -> Self:
        """Who is called, in whatever role; supporters: their own; coordinators: of their schools."""
        called = Q(calls__user=user)
        match user.acting.role:
            case Role.COORDINATOR:
                called |= Q(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                called |= Q(supporter__user=user, organisation=user.acting.organisation_id)
        return self.filter(pk__in=Alarm.objects.filter(called).values("pk"))

    def open(self) -> Self:
        return self.filter(resolved_at__isnull=True)


@not_tracked("a log itself: who was called, who took it, how it ended")
class Alarm(Record):
    """From the moment somebody may be in danger to the moment we know they are not."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(null=True, editable=False)  # whose coordinators; NULL: a drill of all
    # Whom it is about.
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, related_name="alarms")
    visit = models.ForeignKey(
        HomeVisit, on_delete=models.PROTECT, null=True, related_name="alarms"
    )  # NULL: a drill
    number = models.CharField(max_length=8)  # the visit's, said on the phone
    kind = models.CharField(max_length=12, choices=AlarmKind)
    raised_at = models.DateTimeField(default=timezone.now)
    step = models.PositiveSmallIntegerField(choices=AlarmStep, null=True)  # NULL: nobody has been called yet
    next_at = models.DateTimeField(null=True)  # when the next is called; NULL: taken, or all have been
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    # NULL with a time: ended with the visit, by whoever held its key.
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=AlarmOutcome, blank=True)
    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.CheckConstraint(
                name="alarm_taken_has_who_and_when",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="alarm_resolved_has_when_and_how",
                condition=Q(resolved_at__isnull=True, outcome="")
                | Q(resolved_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="alarm_taken_or_resolved_calls_nobody_more",
                condition=Q(next_at__isnull=True) | Q(taken_at__isnull=True, resolved_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["visit", "kind"], condition=Q(resolved_at__isnull=True), name="alarm_is_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="alarm_due", condition=Q(next_at__isnull=False)),
            models.Index(
                fields=["school_id"], name="alarm_open_by_school", condition=Q(resolved_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class AlarmCallQuerySet(models.QuerySet["AlarmCall"]):
    def visible_to(self, user: User) -> Self:
        """Of the alarms the user may see: who was called when."""
        return self.filter(alarm__in=Alarm.objects.visible_to(user))


@not_tracked("a log itself, written once")
class AlarmCall(models.Model):
    """One person called at one step: once, whatever happens to the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="calls")
    step = models.PositiveSmallIntegerField(choices=AlarmStep)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)
    mail_id = models.UUIDField(null=True)  # NULL: only the page
    objects = AlarmCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["called_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["alarm", "step", "user"], name="alarm_calls_each_once_a_step"),
        ]
        indexes = [models.Index(fields=["user_id", "alarm_id"], name="alarm_call_by_user")]

    def __str__(self) -> str:
        return f"{self.step} {self.called_at:%Y-%m-%d %H:%M}"
