"""The contacts, and each pupil's part in them."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.codes import KINDS_WITHOUT_NAMES, ContactKind, ContactMode, ContactTopic, SupportPurpose
from schools.models import LocalCode, Role, School
from students.models import READ_BY_SUPPORTERS, Case, Student
from supporters.models import PeerSupporter

# How each of these is held unless someone says otherwise; the rest is told by nobody but the writer.
MODE_OF_KIND: dict[str, str] = {
    ContactKind.HOME_VISIT: ContactMode.IN_PERSON,
    ContactKind.AT_SCHOOL: ContactMode.IN_PERSON,
    ContactKind.ACTIVITY: ContactMode.IN_PERSON,
    ContactKind.ACCOMPANY: ContactMode.IN_PERSON,
    ContactKind.PHONE: ContactMode.PHONE,
    ContactKind.VIDEO: ContactMode.VIDEO,
    ContactKind.MESSAGE: ContactMode.CHAT,
    ContactKind.GROUP: ContactMode.GROUP,
    ContactKind.BREAK_PRESENCE: ContactMode.IN_PERSON,
    ContactKind.DROP_IN: ContactMode.IN_PERSON,
}
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
MOST_TOPICS = 3


class ContactOutcome(models.TextChoices):
    """Met, or tried; the words follow the kind (WORDS.md). A try counts as work done."""

    MET = "met", _("met")
    NO_ANSWER = "no_answer", _("no answer")
    NO_SHOW = "no_show", _("did not come this time")
    STUDENT_CANCELLED = "student_cancelled", _("the pupil did not want to today")
    WE_CANCELLED = "we_cancelled", _("we cancelled")


class WithdrawalReason(models.TextChoices):
    """Why a contact that is on record does not count."""

    MISTAKE = "mistake", _("It was logged by mistake")
    TWICE = "twice", _("It is logged twice")
    DID_NOT_HAPPEN = "did_not_happen", _("It did not happen")
    OTHER = "other", _("Something else")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as supporter or coordinator; coordinators also those with a pupil, or heads, at their
        schools.

        Withdrawn ones never: they stand on a page of their own (`with_withdrawn`).
        """
        return self.with_withdrawn(user).filter(is_withdrawn=False)

    def with_withdrawn(self, user: User) -> Self:
        """Also the withdrawn ones of those, for the pages that tell of the withdrawal."""
        own = Q(author=user)
        match user.acting.role:
            case Role.COORDINATOR:
                theirs = Participation.objects.filter(
                    contact=models.OuterRef("pk"), school_id__in=user.acting.schools
                )
                return self.filter(own | models.Exists(theirs) | Q(school__in=user.acting.schools))
            case Role.PEER_SUPPORTER:
                return self.filter(own)
        return self.none()


@track(
    kept=(
        *("author", "supporter", "kind", "local_kind", "mode", "local_mode", "occurred_at", "minutes"),
        *("topics", "local_topics", "is_planned", "head_count", "school", "travel_minutes", "travel_km"),
        *("withdrawn_at", "withdrawn_by", "withdrawn_reason"),
    ),
    noticed=("place", "withdrawn_words"),
    left_out=("is_withdrawn",),  # computed
    seen_as="with_withdrawn",
    seen_by=READ_BY_SUPPORTERS,
)
class Contact(Record):
    """One occasion: when, how, for how long, and the way there and back.

    It holds nothing about a pupil; that is each pupil's `Participation`. Break presence and drop-in hold a
    number of heads and a school instead, and have no participation. `travel_minutes` is besides `minutes`;
    `travel_km` is kilometres, to the tenth.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    # NULL: logged by a coordinator. Its index is `contact_by_supporter`.
    supporter = models.ForeignKey(
        PeerSupporter, on_delete=models.PROTECT, null=True, db_index=False, related_name="contacts"
    )
    kind = models.CharField(_("What was it?"), max_length=20, choices=ContactKind)
    # NULL: the national one itself. Tied to the one it stands for by composite foreign keys. No index: nobody
    # looks contacts up by it, and nothing of a code list is ever deleted.
    local_kind = models.ForeignKey(
        LocalCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Empty: not stated, and the kind does not tell.
    mode = models.CharField(
        _("In which way?"), max_length=20, choices=ContactMode, blank=True, default="", db_default=""
    )
    local_mode = models.ForeignKey(
        LocalCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    occurred_at = models.DateTimeField(_("When?"), default=timezone.now)
    minutes = models.PositiveSmallIntegerField(
        _("How long?"),
        validators=[MaxValueValidator(12 * 60)],
        help_text=_("Minutes. A try can be 0."),
    )
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    # What was done, at most MOST_TOPICS. Of one's own, ids of LocalCode, the national one is in `topics` too.
    topics = ArrayField(
        models.CharField(max_length=16, choices=ContactTopic),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("What did you do?"),
    )
    local_topics = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    is_planned = models.BooleanField(_("Planned"), default=True, db_default=True)  # or it just came about
    # How many were there, without a name. NULL: a contact with named pupils.
    head_count = models.PositiveSmallIntegerField(
        _("How many were there?"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    # Where, of one without names; its coordinators see the number. NULL: the pupils' schools say it; or it is
    # from before the school was asked for. Its index is `contact_heads_by_school`.
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("school"),
    )
    travel_minutes = models.PositiveSmallIntegerField(
        _("Travel, minutes"), default=0, db_default=0, validators=[MaxValueValidator(12 * 60)]
    )
    travel_km = models.DecimalField(
        _("Travel, km"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(0),
        db_default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: it stands
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(
        _("Why is it withdrawn?"), max_length=16, choices=WithdrawalReason, blank=True, db_default=""
    )
    withdrawn_words = models.CharField(_("In your own words"), max_length=300, blank=True, db_default="")
    # Computed by the database, so that the copies on the participations cannot lag behind.
    is_withdrawn = models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(withdrawn_at__isnull=False), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["id", "author_id", "occurred_at", "kind"],
                name="contact_and_its_copies",
            ),
            models.UniqueConstraint(fields=["id", "is_withdrawn"], name="contact_and_withdrawal"),
            models.CheckConstraint(
                name="contact_withdrawn_has_who_when_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="contact_lasts_at_most_twelve_hours",
                condition=Q(minutes__lte=12 * 60),
            ),
            models.CheckConstraint(
                name="contact_without_names_counts_heads",
                condition=Q(kind__in=KINDS_WITHOUT_NAMES, head_count__isnull=False, head_count__lte=999)
                | (~Q(kind__in=KINDS_WITHOUT_NAMES) & Q(head_count__isnull=True)),
            ),
            models.CheckConstraint(
                name="contact_at_a_school_counts_heads",
                condition=Q(school__isnull=True) | Q(head_count__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_travel_is_a_day_at_most",
                condition=Q(travel_minutes__lte=12 * 60, travel_km__gte=0),
            ),
            models.CheckConstraint(
                name="contact_has_a_few_topics",
                condition=Q(topics__len__lte=MOST_TOPICS, local_topics__len__lte=MOST_TOPICS),
            ),
        ]
        indexes = [
            models.Index(
                fields=["author_id", "-occurred_at"],
                name="contact_by_author",
                include=["minutes", "kind", "is_withdrawn"],
            ),
            # Hours and contacts by week are sums over weeks of one supporter, never over the table.
            models.Index(
                fields=["supporter_id", "-occurred_at"],
                name="contact_by_supporter",
                include=["minutes", "kind", "is_withdrawn"],
            ),
            models.Index(
                fields=["school_id", "-occurred_at"],
                name="contact_heads_by_school",
                condition=Q(school__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


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
