"""The contacts, without the pupils in them."""

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
from peersupport.lib.relations import related_rows
from schools.codes import KINDS_WITHOUT_NAMES, ContactKind, ContactMode, ContactTopic
from schools.models import LocalCode, Role, School
from students.models import READ_BY_SUPPORTERS
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
MOST_TOPICS = 3


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
                parts = related_rows(Contact, "participations")
                theirs = parts.filter(contact=models.OuterRef("pk"), school_id__in=user.acting.schools)
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
