"""Tasks: what somebody is to do by a day, perhaps about a pupil."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models import Membership, Organisation, Role
from students.models import Assignment, Student


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """Owner and maker; about a pupil only while they may see the pupil, and then also the coordinators of
        the pupil's school.
        """
        here = self.filter(organisation=user.acting.organisation_id)
        own = Q(owner=user) | Q(made_by=user)
        match user.acting.role:
            case Role.COORDINATOR:
                return here.filter(Q(school_id__in=user.acting.schools) | (Q(student__isnull=True) & own))
            case Role.PEER_SUPPORTER:
                mine = Q(student__isnull=True) | Q(student__in=Student.objects.visible_to(user))
                return here.filter(own & mine)
        return self.none()

    def open(self) -> Self:
        return self.filter(done_at__isnull=True)

    def done(self) -> Self:
        return self.filter(done_at__isnull=False)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def given_by(self, user: User) -> Self:
        """Made by `user` for somebody else."""
        return self.filter(made_by=user).exclude(owner=user)

    def with_is_seen(self) -> Self:
        """With `is_seen`: whether the owner still sees the task. Only a coordinator can tell: they see the
        memberships and, at their schools, the assignments.
        """
        held = Membership.objects.holding_today().filter(
            user=OuterRef("owner"), organisation=OuterRef("organisation")
        )
        coordinators = held.filter(role=Role.COORDINATOR)
        of_the_school = coordinators.filter(Q(school__isnull=True) | Q(school=OuterRef("school_id")))
        supports = Assignment.objects.holding_today().filter(
            student=OuterRef("student"), supporter__user=OuterRef("owner")
        )
        anyone = held.filter(role__in=[Role.COORDINATOR, Role.PEER_SUPPORTER])
        return self.annotate(
            is_seen=(Q(student__isnull=True) & Exists(anyone)) | Exists(of_the_school) | Exists(supports)
        )


# Tasks about nobody are read by owner and maker, in no history: it stands on the pupil's page.
ABOUT_A_PUPIL = Q(pgh_obj__student__isnull=False)


@track(
    kept=("organisation", "owner", "due_on", "student", "made_by", "done_at", "done_by"),
    noticed=("title",),
    left_out=("school_id",),
    seen_by={Role.COORDINATOR.value: ABOUT_A_PUPIL, Role.PEER_SUPPORTER.value: ABOUT_A_PUPIL},
)
class Task(Record):
    """What `owner` is to do by `due_on`. The title holds no name: whom it is about says `student`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("What is to be done?"), max_length=120)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Who does it?")
    )
    due_on = models.DateField(_("By when?"), default=today)
    # NULL: about no pupil. `school_id` copies the pupil's, tied by a composite foreign key.
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, related_name="tasks")
    school_id = models.BigIntegerField(null=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)  # NULL: not done
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.CheckConstraint(
                name="task_done_has_who_and_when",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_about_a_student_knows_the_school",
                condition=Q(student__isnull=True, school_id__isnull=True)
                | Q(student__isnull=False, school_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_id", "due_on", "id"],
                name="task_open_by_owner",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["made_by_id", "due_on", "id"],
                name="task_open_by_maker",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["student_id", "due_on", "id"],
                name="task_open_by_student",
                condition=Q(done_at__isnull=True, student__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
