"""How support begins: somebody at a school, or a coordinator, asks for it."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.history import not_tracked, track
from peersupport.lib.records import Record
from schools.codes import Protection, SchoolForm, Sex
from schools.models import Role, School
from students.models.student import READ_BY_COORDINATORS, Student


class ReferralReason(models.TextChoices):
    """SEED_FACTS 1: no absence threshold has to be passed."""

    ABSENCE = "absence", _("problematic school absence")
    AT_RISK = "at_risk", _("at risk of it")


class ReferralStatus(models.TextChoices):
    REQUESTED = "requested", _("new")
    AWAITING_CONSENT = "awaiting_consent", _("waiting for consent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "withdrawn")


OPEN_STATUSES = (ReferralStatus.REQUESTED, ReferralStatus.AWAITING_CONSENT)


class ConsentState(models.TextChoices):
    OBTAINED = "obtained", _("Obtained")
    TO_OBTAIN = "to_obtain", _("To be obtained")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Those of the schools coordinated, or of the school staff's own school."""
        if user.acting.role in {Role.COORDINATOR, Role.SCHOOL_STAFF}:
            return self.filter(school__in=user.acting.schools)
        return self.none()

    def open(self) -> Self:
        return self.filter(status__in=OPEN_STATUSES)

    def newest_first(self) -> Self:
        return self.select_related("school", "referred_by").order_by("-created_at", "-pk")


@track(
    kept=(
        *("school", "student", "referred_by", "status", "birth_year", "sex", "school_form", "grade"),
        *("protection", "reason", "wants_woman", "wants_man", "consent"),
    ),
    noticed=(
        *("given_name", "family_name", "called", "works_well", "has_been_tried", "student_wants"),
        *("guardians_say", "wishes", "wanted_language", "consent_note"),
    ),
    left_out=("search_key",),
    seen_by={
        **READ_BY_COORDINATORS,
        # What came of it, and no more.
        Role.SCHOOL_STAFF.value: Q(pgh_label="insert") | Q(pgh_was__has_key="status"),
    },
)
class Referral(Record):
    """A request for support, in the referrer's own words; kept as written also when the pupil's record
    changes.
    """

    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="referrals",
        verbose_name=_("school"),
    )
    # NULL: not accepted yet, so there is no pupil.
    student = models.ForeignKey(
        Student,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="referrals",
    )
    referred_by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=ReferralStatus,
        default=ReferralStatus.REQUESTED,
    )

    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    called = models.CharField(_("called"), max_length=80, blank=True)
    search_key = models.CharField(max_length=500, editable=False, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2040)],
    )  # NULL: not stated
    sex = models.CharField(_("legal sex"), max_length=10, choices=Sex, default=Sex.NOT_STATED)
    school_form = models.CharField(
        _("school form"),
        max_length=8,
        choices=SchoolForm,
        default=SchoolForm.COMPULSORY,
    )
    grade = models.PositiveSmallIntegerField(
        _("grade"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )  # NULL: not stated
    protection = models.CharField(_("protection"), max_length=12, choices=Protection, default=Protection.NONE)

    reason = models.CharField(
        _("reason"),
        max_length=10,
        choices=ReferralReason,
        default=ReferralReason.ABSENCE,
    )
    works_well = models.TextField(_("What works already?"), max_length=2000, blank=True)
    has_been_tried = models.TextField(_("What has been tried?"), max_length=2000, blank=True)
    student_wants = models.TextField(_("What does the pupil want?"), max_length=2000, blank=True)
    guardians_say = models.TextField(_("What do the guardians say?"), max_length=2000, blank=True)
    wishes = models.TextField(_("Wishes about the peer supporter"), max_length=1000, blank=True)
    wanted_language = models.CharField(_("language that is needed"), max_length=40, blank=True)
    wants_woman = models.BooleanField(_("The pupil would rather meet a woman"), default=False)
    wants_man = models.BooleanField(_("The pupil would rather meet a man"), default=False)
    consent = models.CharField(
        _("consent"),
        max_length=10,
        choices=ConsentState,
        default=ConsentState.TO_OBTAIN,
    )
    consent_note = models.CharField(_("who has consented, and when"), max_length=200, blank=True)
    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = [models.Index(fields=["school_id", "-created_at"], name="referral_by_school")]
        constraints = [
            models.UniqueConstraint(fields=["id", "school"], name="referral_and_school"),
            models.CheckConstraint(
                name="referral_of_protected_holds_no_name",
                condition=Q(protection="none") | Q(given_name="", family_name="", called=""),
                violation_error_message=_("Leave the name out when the pupil's data is protected."),
            ),
            models.CheckConstraint(
                name="referral_accepted_has_student",
                condition=Q(student__isnull=False) | ~Q(status="accepted"),
            ),
            models.CheckConstraint(
                name="referral_wants_at_most_one",
                condition=Q(wants_woman=False) | Q(wants_man=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def name(self) -> str:
        """The name as the referrer wrote it; a protected pupil has none here."""
        return f"{self.given_name} {self.family_name}".strip() or str(_("Protected pupil"))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_protected(self) -> bool:
        return self.protection != Protection.NONE


class ReferralStatusChangeQuerySet(models.QuerySet["ReferralStatusChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(referral__in=Referral.objects.visible_to(user))


@not_tracked("a log itself, written once")
class ReferralStatusChange(models.Model):
    """One step of a referral: which status, when, by whom, why. Written once, never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="status_changes")
    school_id = models.BigIntegerField(editable=False)
    status = models.CharField(max_length=16, choices=ReferralStatus)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("answer to the referrer"), max_length=500, blank=True)
    objects = ReferralStatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d}"
