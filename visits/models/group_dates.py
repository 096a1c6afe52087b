"""The dates of a group: when it meets, has met, or does not meet after all."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models import Role
from students.models import Student
from visits.models.bookings import LONGEST
from visits.models.groups import GroupMember, GroupSeries, leading_rows


class GroupDateStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("booking", "planned")
    CANCELLED = "cancelled", _("cancelled")


class GroupCancelledBecause(models.TextChoices):
    """What came in between; never who."""

    US = "us", _("We cannot hold it")
    SCHOOL = "school", _("The school asked for it")
    OTHER = "other", _("Something else came in between")
    ENDED = "ended", _("The group has ended")  # not to be chosen: with the group


class GroupDateQuerySet(models.QuerySet["GroupDate"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the group sees its dates."""
        if user.acting.role == Role.COORDINATOR:
            return self.filter(school_id__in=user.acting.schools)
        return self.filter(series__in=GroupSeries.objects.visible_to(user))

    def led_by(self, user: User) -> Self:
        """Those that `user` decides over."""
        if user.acting.role == Role.PEER_SUPPORTER:
            return self.filter(Exists(leading_rows(user, "series")))
        return self.visible_to(user)

    def with_is_led(self, user: User) -> Self:
        """With `is_led`: whether `user` leads the group, as a supporter."""
        return self.annotate(is_led=Exists(leading_rows(user, "series")))

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
