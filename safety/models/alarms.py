"""An alarm and whom it calls. Nothing in it leads to a pupil: those called may not see one."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    DRILL = "drill", pgettext_lazy("alarm", "Drill")


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


class AlarmAnswer(models.TextChoices):
    """What somebody who was called has said."""

    TAKES = "takes", _("takes it")
    CANNOT = "cannot", _("cannot")


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def visible_to(self, user: User) -> Self:
        """Who is called, in whatever role; supporters: their own; coordinators: of their schools."""
        acting = user.acting
        if not acting.role:
            return self.none()
        seen = Q(calls__user=user) | Q(supporter__user=user)
        if acting.role == Role.COORDINATOR:
            seen |= Q(school_id__in=acting.schools)
            seen |= Q(school_id__isnull=True, organisation=acting.organisation_id)
        return self.filter(pk__in=Alarm.objects.filter(seen).values("pk"))

    def open(self) -> Self:
        return self.filter(resolved_at__isnull=True)

    def due(self, now: datetime) -> Self:
        """Somebody is to be called by now; the one that has waited longest first."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")

    def drills(self) -> Self:
        return self.filter(kind=AlarmKind.DRILL)


@not_tracked("its calls are its log; the chain alone changes it, but for what a drill has taught")
class Alarm(Record):
    """From the moment somebody may be in danger to the moment we know they are not."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Whose coordinators; NULL: a drill of somebody who is placed at no school.
    school_id = models.BigIntegerField(null=True, editable=False)
    # Whom it is about.
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, related_name="alarms")
    visit = models.ForeignKey(
        HomeVisit, on_delete=models.PROTECT, null=True, related_name="alarms"
    )  # NULL: a drill
    number = models.CharField(max_length=8)  # the visit's, said on the phone
    kind = models.CharField(max_length=12, choices=AlarmKind)
    raised_at = models.DateTimeField(default=timezone.now)
    # NULL: by the visit, its supporter or the clock. A drill: by a coordinator.
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.PositiveSmallIntegerField(choices=AlarmStep, null=True)  # NULL: nobody has been called yet
    rounds = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often all have been called again
    # When the next is called, or who took it is reminded; NULL: over, or called often enough.
    next_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    # NULL with a time: ended with the visit, by whoever held its key.
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=AlarmOutcome, blank=True)
    # Of a drill: what was learned, without names.
    remarks = models.TextField(
        _("What did you learn?"), max_length=2000, blank=True, default="", db_default=""
    )
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
                name="alarm_resolved_calls_nobody_more",
                condition=Q(next_at__isnull=True) | Q(resolved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="alarm_is_of_a_visit_or_a_drill",
                condition=Q(kind=AlarmKind.DRILL, visit__isnull=True, raised_by__isnull=False)
                | ~Q(kind=AlarmKind.DRILL) & Q(visit__isnull=False, remarks=""),
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

    @property
    def minutes_until_taken(self) -> int | None:
        """Whole minutes from the first call to "Jag tar det"; None: nobody has it."""
        return None if self.taken_at is None else int((self.taken_at - self.raised_at).total_seconds()) // 60


class AlarmCallQuerySet(models.QuerySet["AlarmCall"]):
    def visible_to(self, user: User) -> Self:
        """Of the alarms the user may see: who was called when."""
        return self.filter(alarm__in=Alarm.objects.visible_to(user))


@not_tracked("written once by the chain, and answered once: it says by whom and when")
class AlarmCall(models.Model):
    """One person called at one step: once a round, whatever happens to the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField(default=0, db_default=0)
    step = models.PositiveSmallIntegerField(choices=AlarmStep)
    # NULL: nobody was there to be called, and the step was passed at once.
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)
    mail_id = models.UUIDField(null=True)  # NULL: only the page
    answer = models.CharField(max_length=6, choices=AlarmAnswer, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)  # NULL: no answer
    objects = AlarmCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["called_at", "step", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alarm", "round", "step", "user"],
                condition=Q(user__isnull=False),
                name="alarm_calls_each_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["alarm", "round", "step"],
                condition=Q(user__isnull=True),
                name="alarm_passes_a_step_once_a_round",
            ),
            models.CheckConstraint(
                name="alarm_call_answered_has_what_and_when",
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["user_id", "alarm_id"], name="alarm_call_by_user")]

    def __str__(self) -> str:
        return f"{self.step} {self.called_at:%Y-%m-%d %H:%M}"


@not_tracked("one moment, written anew every few seconds")
class WatchBeat(models.Model):
    """When somebody last looked whether an alarm is due. One row: an alarm that nobody runs is none."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "beat of the watch"
        verbose_name_plural = "beats of the watch"
        constraints = [models.CheckConstraint(name="watch_beat_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
