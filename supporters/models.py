"""Who helps: the peer supporters, where they are placed, and what they themselves choose to tell."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.history import not_tracked, track
from peersupport.lib.numbers import percent
from peersupport.lib.ordering import swedish_order
from peersupport.lib.records import Record
from schools.codes import PeerModel
from schools.models import Organisation, Role, School


class DateRange(Func):
    """`daterange(first, last, bounds)` as an expression over two columns."""

    function = "daterange"


class OpenAssignments(Func):
    """A supporter's open main assignments, at schools the reader does not see too; asked once a query."""

    template = "(select l.open_assignments from supporter_loads() l where l.supporter_id = %(expressions)s)"
    output_field = models.IntegerField()


class Gender(models.TextChoices):
    """As a supporter states it, so that a pupil's wish can be met; optional."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    NOT_STATED = "", _("not stated")


class PeerSupporterQuerySet(models.QuerySet["PeerSupporter"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: their organisation's, or those placed at their school.

        Supervisors: whom they supervise. Leads: their organisation's. Supporters: themselves.
        """
        acting = user.acting
        match acting.role:
            case Role.COORDINATOR if acting.school_id is not None:
                # Not a join with distinct: a row under `for update` must not be one of several.
                here = Placement.objects.filter(supporter=OuterRef("pk"), school=acting.school_id)
                return self.filter(Exists(here))
            case Role.COORDINATOR | Role.LEAD:
                return self.filter(organisation=acting.organisation_id)
            case Role.SUPERVISOR:
                return self.filter(organisation=acting.organisation_id, supervisor=user)
            case Role.PEER_SUPPORTER:
                return self.filter(organisation=acting.organisation_id, user=user)
        return self.none()

    def with_people(self) -> Self:
        """With names loaded, in the Swedish order of family names (`list_key`, for keyset pages)."""
        return (
            self.select_related("user", "organisation")
            .annotate(list_key=swedish_order("user__family_name", "user__given_name"))
            .order_by("list_key", "pk")
        )

    def placed_today_at(self, school_id: str) -> Self:
        """With a placement that holds today at the school with this UUID."""
        here = Placement.objects.holding_today().filter(supporter=OuterRef("pk"), school__public_id=school_id)
        return self.filter(Exists(here))

    def with_capacity(self) -> Self:
        """With `percent_today`, placements that hold today in percent of full time, and `capacity`.

        Capacity is for how many pupils that is enough: the organisation's norm per full time × percent,
        rounded down.
        """
        here = Placement.objects.holding_today().filter(supporter=OuterRef("pk"))
        percent = here.order_by().values("supporter").annotate(total=Sum("percent")).values("total")
        return self.annotate(percent_today=Coalesce(Subquery(percent), 0)).annotate(
            capacity=F("organisation__students_per_full_time") * F("percent_today") / 100
        )

    def with_open_assignments(self) -> Self:
        """With `open_assignments`: how many pupils they are main supporter of, today or later, anywhere."""
        return self.annotate(open_assignments=OpenAssignments("pk"))


@track(
    kept=("user", "organisation", "employer", "supervisor", "gender", "is_accepting"),
    noticed=("languages", "interests", "presentation"),
)
class PeerSupporter(Record):
    """A trained, employed adult with lived experience.

    Organisation, employer and supervisor may all differ.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="supporter_profiles")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="supporters",
        verbose_name=_("organisation"),
    )
    employer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employer"),
    )
    supervisor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supervisor"),
    )
    gender = models.CharField(
        _("gender"),
        max_length=8,
        choices=Gender,
        blank=True,
        help_text=_("Only to meet a pupil's wish."),
    )
    languages = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("languages"),
    )
    interests = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("interests"),
    )
    presentation = models.TextField(_("presentation"), max_length=1000, blank=True)
    is_accepting = models.BooleanField(_("takes new pupils"), default=True)
    objects = PeerSupporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("peer supporter")
        verbose_name_plural = _("peer supporters")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="supporter_has_one_profile",
                violation_error_message=_("This person already has a profile."),
            )
        ]

    def __str__(self) -> str:
        return self.user.name


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: User) -> Self:
        """Those of the supporters the user may see."""
        return self.filter(supporter__in=PeerSupporter.objects.visible_to(user))

    def holding_today(self) -> Self:
        return self.filter(starts_on__lte=today()).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()))


@track(kept=("supporter", "school", "percent", "model", "starts_on", "ends_on"))
class Placement(Record):
    """Where a supporter works, how much of full time, in which model (DOMAIN §10), from when to when."""

    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, related_name="placements")
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("school"),
    )
    percent = models.PositiveSmallIntegerField(
        _("percent of full time"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    model = models.CharField(_("model"), max_length=14, choices=PeerModel, default=PeerModel.CONVENTIONAL)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("to and including"), null=True, blank=True)  # NULL: until further notice
    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="placement_percent_is_possible",
                condition=Q(percent__range=(1, 100)),
            ),
            ExclusionConstraint(
                name="placement_not_twice_at_once",
                expressions=[
                    ("supporter", RangeOperators.EQUAL),
                    ("school", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "The supporter already has a placement at this school in that period."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {percent(self.percent)}"


class ExperienceSharing(models.TextChoices):
    NOBODY = "nobody", _("Only I see it")
    TEAM = (
        "team",
        _("My team sees it: coordinators, my supervisor and fellow supporters"),
    )


class LivedExperienceQuerySet(models.QuerySet["LivedExperience"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and what others have chosen to share with their team."""
        own = Q(supporter__user=user)
        match user.acting.role:
            case Role.COORDINATOR | Role.SUPERVISOR:
                team = PeerSupporter.objects.visible_to(user)
            case Role.PEER_SUPPORTER:
                team = PeerSupporter.objects.filter(organisation=user.acting.organisation_id)
            case _:
                return self.none()
        return self.filter(own | Q(sharing=ExperienceSharing.TEAM, supporter__in=team))


@not_tracked("their own words, and theirs to take back without a trace (TRUST T27)")
class LivedExperience(Record):
    """The supporter's own words about their own experience: theirs to share, theirs to delete (GDPR art. 9).
    Never in lists, matching, statistics or exports (TRUST T27)."""

    supporter = models.OneToOneField(PeerSupporter, on_delete=models.PROTECT, related_name="lived_experience")
    text = models.TextField(_("My own words"), max_length=2000, blank=True)
    sharing = models.CharField(
        _("Who sees this?"),
        max_length=8,
        choices=ExperienceSharing,
        default=ExperienceSharing.NOBODY,
    )
    objects = LivedExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lived experience")
        verbose_name_plural = _("lived experience")

    def __str__(self) -> str:
        return str(self.pk)
