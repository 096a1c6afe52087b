"""Each pupil's part in a contact."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from schools.codes import KINDS_WITHOUT_NAMES, ContactKind, SupportPurpose
from schools.models import Role
from students.models import READ_BY_SUPPORTERS, Case, Student
from visits.models.contacts import Contact

# With the pupil; a talk with guardian or staff is work for the pupil, but no meeting with them.
KINDS_WITH_STUDENT = (
    ContactKind.HOME_VISIT,
    ContactKind.AT_SCHOOL,
    ContactKind.ACTIVITY,
    ContactKind.ACCOMPANY,
    ContactKind.PHONE,
    ContactKind.VIDEO,
    ContactKind.MESSAGE,
    ContactKind.GROUP,
)


class ContactOutcome(models.TextChoices):
    """Met, or tried; the words follow the kind (WORDS.md). A try counts as work done."""

    MET = "met", _("met")
    NO_ANSWER = "no_answer", _("no answer")
    NO_SHOW = "no_show", _("did not come this time")
    STUDENT_CANCELLED = "student_cancelled", _("the pupil did not want to today")
    WE_CANCELLED = "we_cancelled", _("we cancelled")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools.

        Supporters: their own contacts' with pupils they have today. Of withdrawn contacts none.
        """
        match user.acting.role:
            case Role.COORDINATOR:
                return self.under(user)
            case Role.PEER_SUPPORTER:
                return self.under(user).filter(student__in=Student.objects.visible_to(user))
        return self.none()

    def under(self, user: User) -> Self:
        """Whose contacts count for this user, without asking again whether the pupil is theirs.

        Only for subqueries under pupils that are `visible_to(user)` already; row security asks again anyway.
        """
        return self._under(user).filter(is_withdrawn=False)

    def withdrawn(self, user: User) -> Self:
        """Those that `visible_to` leaves out: of withdrawn contacts, one's own or at one's schools."""
        return self.with_withdrawn(user).filter(is_withdrawn=True)

    def with_withdrawn(self, user: User) -> Self:
        """Those and the others, for what tells how a contact came to be as it is."""
        return self._under(user).filter(student__in=Student.objects.visible_to(user))

    def _under(self, user: User) -> Self:
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(author=user)
        return self.none()

    def held(self) -> Self:
        """Where the pupil was met, heard or written with, whatever an organisation counts as a meeting."""
        return self.filter(outcome=ContactOutcome.MET, kind__in=KINDS_WITH_STUDENT)

    def latest_first(self) -> Self:
        return self.order_by("-occurred_at", "-pk")


@track(
    kept=(
        *("contact", "student", "case", "outcome", "purposes", "local_purposes"),
        *("step_done_at", "step_done_by"),
    ),
    noticed=("next_step",),
    left_out=("school_id", "author", "occurred_at", "kind", "is_withdrawn"),  # the pupil's, the contact's
    seen_as="with_withdrawn",
    seen_by=READ_BY_SUPPORTERS,
)
class Participation(models.Model):
    """One pupil's part in a contact. Each pupil's page shows only its own, however many took part."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="participations")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="participations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    # Copies tied by composite foreign keys: for the policies, and for "last contact" in one index.
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=20, choices=ContactKind, editable=False)
    is_withdrawn = models.BooleanField(default=False, db_default=False, editable=False)
    outcome = models.CharField(_("How did it go?"), max_length=20, choices=ContactOutcome)
    # What it was good for, for this pupil: as `Case.purposes` and `Case.local_purposes` are stored.
    purposes = ArrayField(
        models.CharField(max_length=12, choices=SupportPurpose),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("purposes"),
    )
    local_purposes = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    next_step = models.CharField(_("Next step"), max_length=200, blank=True)
    # Ticked off by anyone who sees it, through `tick_off_step`. NULL: still to come, or no step.
    step_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    step_done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["contact", "student"], name="participation_once_per_student"),
            models.UniqueConstraint(
                fields=["id", "student_id", "author_id"],
                name="participation_and_its_copies",
            ),
            # Its kind is the contact's, by foreign key: so a contact that counts heads has no participation.
            models.CheckConstraint(
                name="participation_is_of_a_kind_with_names",
                condition=~Q(kind__in=KINDS_WITHOUT_NAMES),
            ),
            models.CheckConstraint(
                name="participation_step_done_has_who_and_when",
                condition=Q(step_done_at__isnull=True, step_done_by__isnull=True)
                | Q(step_done_at__isnull=False, step_done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["student_id", "-occurred_at"], name="participation_by_student"),
            models.Index(
                fields=["student_id", "-occurred_at"],
                name="participation_met",
                include=["kind"],  # which of them count is the organisation's to say
                condition=Q(outcome="met", is_withdrawn=False),
            ),
            models.Index(fields=["school_id", "-occurred_at"], name="participation_by_school"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
