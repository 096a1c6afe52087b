"""Group series: who leads, when they meet, and who comes (docs/adr/0026)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import not_tracked, track
from peersupport.lib.records import Record
from schools.models import Role, School
from students.models import READ_BY_SUPPORTERS, Case, CaseStatus, Student
from visits.models.bookings import LONGEST


class GroupSeriesQuerySet(models.QuerySet["GroupSeries"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: at their schools. Supporters: those they lead, and those a pupil of theirs is in."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                of_mine = GroupMember.objects.visible_to(user).not_over().filter(series=OuterRef("pk"))
                return self.filter(Exists(_led_by(user)) | Exists(of_mine))
        return self.none()

    def led_by(self, user: User) -> Self:
        """Whose dates and places `user` decides: a coordinator's all, a supporter's those they lead."""
        if user.acting.role == Role.PEER_SUPPORTER:
            return self.filter(Exists(_led_by(user)))
        return self.visible_to(user)


def _led_by(user: User, series: str = "pk") -> Any:
    return GroupLeader.objects.filter(
        series=OuterRef(series),
        user=user,
        ended_at__isnull=True,
        series__school__organisation=user.acting.organisation_id,
    )


@track(kept=("school", "made_by"), noticed=("name", "place"))
class GroupSeries(Record):
    """A group that meets again and again. Its name is neutral: it says nothing about those who come."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="group_series", verbose_name=_("school")
    )
    name = models.CharField(_("What is the group called?"), max_length=60)
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    objects = GroupSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [models.UniqueConstraint(fields=["id", "school"], name="groupseries_and_school")]

    def __str__(self) -> str:
        return str(self.public_id)


class GroupLeaderQuerySet(models.QuerySet["GroupLeader"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the group sees who leads it."""
        return self.filter(series__in=GroupSeries.objects.visible_to(user))

    def leading(self) -> Self:
        return self.filter(ended_at__isnull=True)


@not_tracked("says who made it and who ended it, and is never rewritten")
class GroupLeader(Record):
    """One who leads a group, from when the row is made until it is ended."""

    series = models.ForeignKey(GroupSeries, on_delete=models.PROTECT, related_name="leaders")
    # A copy tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    # The user and not the profile: fellow leaders and the pupils' supporters see the name, and no profile.
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # NULL: leads the group
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = GroupLeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader of a group")
        verbose_name_plural = _("leaders of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "user"], name="groupleader_once", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="groupleader_ended_has_who_and_when",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class GroupDateStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("booking", "planned")
    CANCELLED = "cancelled", _("cancelled")


class GroupCancelledBecause(models.TextChoices):
    """What came in between; never who."""

    US = "us", _("We cannot hold it")
    SCHOOL = "school", _("The school asked for it")
    OTHER = "other", _("Something else came in between")


class GroupDateQuerySet(models.QuerySet["GroupDate"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the group sees its dates."""
        if user.acting.role == Role.COORDINATOR:
            return self.filter(school_id__in=user.acting.schools)
        return self.filter(series__in=GroupSeries.objects.visible_to(user))

    def led_by(self, user: User) -> Self:
        """Those that `user` decides over."""
        if user.acting.role == Role.PEER_SUPPORTER:
            return self.filter(Exists(_led_by(user, "series")))
        return self.visible_to(user)

    def planned(self) -> Self:
        return self.filter(status=GroupDateStatus.PLANNED)

    def coming(self) -> Self:
        """Planned and not over yet, the next one first."""
        return self.planned().filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def of_student(self, student: Student, user: User) -> Self:
        """Those on days when the pupil is in the group."""
        inside = GroupMember.objects.visible_to(user).on(OuterRef("day"))
        inside = inside.filter(series=OuterRef("series"), student=student)
        return self.with_day().filter(Exists(inside))

    def with_day(self) -> Self:
        """With `day` to compare by: the day in Stockholm."""
        return self.alias(day=TruncDate("starts_at"))


@track(
    kept=(
        *("series", "starts_at", "ends_at", "status", "made_by"),
        *("cancelled_at", "cancelled_by", "cancelled_because", "moved_at", "moved_by"),
    ),
    noticed=("place", "cancel_note"),
    left_out=("school_id",),
)
class GroupDate(Record):
    """One time a group meets. It knows nobody: who comes say the members, and who came the contacts."""

    series = models.ForeignKey(GroupSeries, on_delete=models.PROTECT, related_name="dates")
    # A copy tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("Where?"), max_length=80, blank=True)  # empty: where the group usually meets
    status = models.CharField(
        _("status"), max_length=10, choices=GroupDateStatus, default=GroupDateStatus.PLANNED
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True)  # NULL: as it was first planned
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)  # NULL: not cancelled
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_because = models.CharField(_("Why?"), max_length=10, choices=GroupCancelledBecause, blank=True)
    cancel_note = models.CharField(_("A few words"), max_length=200, blank=True)
    objects = GroupDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date of a group")
        verbose_name_plural = _("dates of groups")
        constraints = [
            models.CheckConstraint(
                name="groupdate_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="groupdate_lasts_at_most_twelve_hours",
                condition=Q(ends_at__lte=F("starts_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="groupdate_cancelled_has_who_when_and_why",
                condition=Q(status="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_because="")
                | ~Q(status="cancelled")
                & Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_because=""),
            ),
            models.CheckConstraint(
                name="groupdate_moved_has_who_and_when",
                condition=Q(moved_at__isnull=True, moved_by__isnull=True)
                | Q(moved_at__isnull=False, moved_by__isnull=False),
            ),
            models.UniqueConstraint(fields=["series", "starts_at"], name="groupdate_once"),
            models.UniqueConstraint(fields=["id", "school_id"], name="groupdate_and_school"),
        ]
        indexes = [models.Index(fields=["school_id", "starts_at"], name="groupdate_by_school")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: pupils at their schools. Supporters: pupils they have today, whoever leads."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(student__in=Student.objects.visible_to(user))
        return self.none()

    def not_over(self) -> Self:
        """Whose last day has not passed, and whose support goes on at the group's school."""
        return self.supported().exclude(ends_on__lt=today())

    def on(self, day: Any) -> Self:
        """In the group on `day`, a date or an expression."""
        return self.supported().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def supported(self) -> Self:
        """A support period that ends, or a change of school, ends it too; reopened, it goes on."""
        open_case = Case.objects.filter(student=OuterRef("student")).exclude(status=CaseStatus.CLOSED)
        return self.filter(Exists(open_case), school_id=F("series__school_id"))


@track(
    kept=("series", "student", "starts_on", "ends_on", "added_by", "ended_at", "ended_by"),
    left_out=("school_id",),
    seen_by=READ_BY_SUPPORTERS,
)
class GroupMember(Record):
    """One pupil's time in one group. Joining or leaving is one row of one pupil, and touches no other."""

    series = models.ForeignKey(GroupSeries, on_delete=models.PROTECT, related_name="members")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="group_memberships")
    # The pupil's school, tied by a composite foreign key: access follows the pupil.
    school_id = models.BigIntegerField(editable=False)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("last day"), null=True)  # NULL: goes on
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # When it was written that the pupil leaves. NULL: nobody has.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant of a group")
        verbose_name_plural = _("participants of groups")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "student"], name="groupmember_once", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="groupmember_left_has_who_and_when",
                condition=Q(ends_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True)
                | Q(ends_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["student_id", "starts_on"], name="groupmember_by_student")]

    def __str__(self) -> str:
        return str(self.public_id)

    def is_in_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
