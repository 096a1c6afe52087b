"""Groups: who leads them and who comes (docs/adr/0026)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import not_tracked, track
from peersupport.lib.records import Record
from schools.models import Role, School
from students.models import READ_BY_SUPPORTERS, Case, CaseStatus, Student


class GroupSeriesQuerySet(models.QuerySet["GroupSeries"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: at their schools. Supporters: those they lead, and those a pupil of theirs is in."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                of_mine = GroupMember.objects.visible_to(user).not_over().filter(series=OuterRef("pk"))
                return self.filter(Exists(leading_rows(user)) | Exists(of_mine))
        return self.none()

    def led_by(self, user: User) -> Self:
        """Whose dates and places `user` decides: a coordinator's all, a supporter's those they lead."""
        if user.acting.role == Role.PEER_SUPPORTER:
            return self.filter(Exists(leading_rows(user)))
        return self.visible_to(user)

    def over(self) -> Self:
        """Whose last day has passed."""
        return self.filter(ended_on__lt=today())

    def going_on(self) -> Self:
        """Those that meet, today at least."""
        return self.exclude(ended_on__lt=today())


def leading_rows(user: User, series: str = "pk") -> Any:
    return GroupLeader.objects.filter(
        series=OuterRef(series),
        user=user,
        ended_at__isnull=True,
        series__school__organisation=user.acting.organisation_id,
    )


class GroupEndReason(models.TextChoices):
    """Why a group ends; never who."""

    TERM = "term", _("The term or the period is over")
    DONE = "done", _("It has done what it was for")
    FEW = "few", _("Too few come")
    US = "us", _("We cannot hold it any more")
    OTHER = "other", _("Something else")


@track(
    kept=("school", "made_by", "ended_on", "ended_at", "ended_by", "end_reason"),
    noticed=("name", "place", "end_note"),
)
class GroupSeries(Record):
    """A group that meets again and again. Its name is neutral: it says nothing about those who come.

    Once ended it has a last day, and gets no dates and no participants more.
    """

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="group_series", verbose_name=_("school")
    )
    name = models.CharField(_("What is the group called?"), max_length=60)
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("last day"), null=True)  # NULL: goes on. The last day may be to come.
    ended_at = models.DateTimeField(null=True)  # when that was written
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(_("Why?"), max_length=10, choices=GroupEndReason, blank=True, db_default="")
    end_note = models.CharField(_("A few words"), max_length=200, blank=True, db_default="")
    objects = GroupSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["id", "school"], name="groupseries_and_school"),
            models.CheckConstraint(
                name="groupseries_ended_has_last_day_who_when_and_why",
                condition=Q(ended_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False)
                & ~Q(end_reason="")
                | Q(ended_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True, end_reason=""),
            ),
        ]

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
