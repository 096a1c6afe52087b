"""A home visit from the risk check to its end. It holds no pupil: that is the booking's."""

import secrets
import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Organisation, Role
from students.models.student import ALIAS_ALPHABET
from supporters.models import PeerSupporter
from visits.models import Booking

NUMBER_LENGTH = 5
LONGEST = timedelta(hours=12)
EXTENSION = timedelta(minutes=15)
CHECK_HOLDS = timedelta(hours=18)
# "lasts until check-out or planned end + 4 h": what the visit key opens, and no longer.
KEY_OUTLIVES_END = timedelta(hours=4)


def new_number() -> str:
    """What a visit is called in messages and on the phone, such as "4F7KD"; derived from nothing."""
    return "".join(secrets.choice(ALIAS_ALPHABET) for _ in range(NUMBER_LENGTH))


class VisitCompany(models.TextChoices):
    """What the risk check came to (AML 3:2, AFS 2023:2): palpable risk is never for one alone."""

    ALONE = "alone", _("I go alone")
    TWO = "two", _("Two of us go")
    ELSEWHERE = "elsewhere", _("We meet somewhere else")
    NOT = "not", _("No visit today")


class VisitEnd(models.TextChoices):
    """How a visit was ended."""

    DONE = "done", pgettext_lazy("home visit", "done")  # by the supporter, signed in or by the visit key
    ALARM = "alarm", _("by whoever took the alarm")
    NOT_MADE = "not_made", _("it did not take place")


class VisitStep(models.TextChoices):
    """How far a visit has come; follows from the times that are set."""

    PLANNED = "planned", pgettext_lazy("home visit", "planned")
    CHECKED = "checked", _("risk checked")
    LEFT = "left", _("on the way")
    CHECKED_IN = "checked_in", _("checked in")
    ENDED = "ended", pgettext_lazy("home visit", "ended")


class VisitVia(models.TextChoices):
    """By what an act reached us."""

    SIGNED_IN = "signed_in", _("signed in")
    KEY = "key", _("by the visit key")
    SERVER = "server", _("by the service itself")


class VisitAct(models.TextChoices):
    """A line of the visit's log."""

    RISK_CHECKED = "risk_checked", _("risk checked")
    LEFT = "left", _("on the way")
    CHECKED_IN = "checked_in", _("checked in")
    EXTENDED = "extended", _("15 minutes more")
    DONE = "done", pgettext_lazy("home visit", "done")
    NOT_MADE = "not_made", _("did not take place")
    ASKED_START = "asked_start", _("asked whether it has begun")
    ASKED_END = "asked_end", _("asked whether it is over")
    HELP = "help", _("asked for help")
    CALLED = "called", _("somebody was called")
    TAKEN = "taken", _("somebody took the alarm")
    RESOLVED = "resolved", _("the alarm is over")
    ADDRESS_OPENED = "address_opened", _("the address was opened")


class HomeVisitQuerySet(models.QuerySet["HomeVisit"]):
    def visible_to(self, user: User) -> Self:
        """Supporters: their own. Coordinators: of pupils at their schools."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(supporter__user=user, supporter__organisation=user.acting.organisation_id)
        return self.none()

    def held_by(self, by: User | None) -> Self:
        """Those `by` may act on; None: whoever holds the key of a visit, whose row the policies name."""
        if by is None:
            return self
        return self.visible_to(by) if by.acting.role == Role.PEER_SUPPORTER else self.none()

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def going_on(self) -> Self:
        """Checked in and not ended."""
        return self.filter(checked_in_at__isnull=False, ended_at__isnull=True)


@not_tracked("each act of it is a row of its log, VisitLog")
class HomeVisit(Record):
    """The safety of one booked home visit. Times are aware moments; the state follows from which are set:
    planned → risk checked → on the way → checked in → ended.
    """

    # One at a time: when no visit was made of it, the booking may be moved and another visit begin.
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="home_visits")
    # Copies of the booking's, tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, related_name="home_visits")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=8, unique=True, default=new_number, editable=False)
    company = models.CharField(max_length=10, choices=VisitCompany, blank=True)
    # NULL: alone, or with somebody who has no profile here.
    companion = models.ForeignKey(
        PeerSupporter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)  # NULL: no risk check yet
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)  # NULL: not on the way yet
    checked_in_at = models.DateTimeField(null=True, blank=True)  # NULL: not checked in yet
    expected_end_at = models.DateTimeField(null=True, blank=True)  # NULL: not checked in yet
    ended_at = models.DateTimeField(null=True, blank=True)  # NULL: not over
    ended_how = models.CharField(max_length=10, choices=VisitEnd, blank=True)
    asked_start_at = models.DateTimeField(null=True, blank=True)  # NULL: not asked whether it has begun
    objects = HomeVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("home visit")
        verbose_name_plural = _("home visits")
        constraints = [
            models.UniqueConstraint(
                name="home_visit_of_a_booking_is_one",
                fields=["booking"],
                condition=~Q(ended_how="not_made"),
            ),
            models.CheckConstraint(
                name="home_visit_companion_is_of_two",
                condition=Q(companion__isnull=True) | Q(company="two") & ~Q(companion=F("supporter")),
            ),
            models.CheckConstraint(
                name="home_visit_checked_has_who_when_and_how",
                condition=Q(checked_at__isnull=True, checked_by__isnull=True, company="")
                | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(company=""),
            ),
            models.CheckConstraint(
                name="home_visit_checked_in_has_its_end",
                condition=Q(checked_in_at__isnull=True, expected_end_at__isnull=True)
                | Q(checked_in_at__isnull=False, expected_end_at__gt=F("checked_in_at")),
            ),
            models.CheckConstraint(
                name="home_visit_lasts_at_most_twelve_hours",
                condition=Q(expected_end_at__isnull=True)
                | Q(expected_end_at__lte=F("checked_in_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="home_visit_ended_has_when_and_how",
                condition=Q(ended_at__isnull=True, ended_how="")
                | Q(ended_at__isnull=False) & ~Q(ended_how=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expected_end_at"],
                name="home_visit_going_on",
                condition=Q(checked_in_at__isnull=False, ended_at__isnull=True),
            ),
            models.Index(fields=["supporter_id", "ended_at"], name="home_visit_by_supporter"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_going_on(self) -> bool:
        return self.checked_in_at is not None and self.ended_at is None

    @property
    def is_checked(self) -> bool:
        """The risk is judged before each visit: what was said the day before counts no more."""
        return self.checked_at is not None and self.checked_at > timezone.now() - CHECK_HOLDS

    @property
    def step(self) -> VisitStep:
        """How far it has come."""
        if self.ended_at is not None:
            return VisitStep.ENDED
        if self.checked_in_at is not None:
            return VisitStep.CHECKED_IN
        if self.left_at is not None:
            return VisitStep.LEFT
        return VisitStep.CHECKED if self.is_checked else VisitStep.PLANNED


class VisitLogQuerySet(models.QuerySet["VisitLog"]):
    def visible_to(self, user: User) -> Self:
        """Of the visits the user may see."""
        return self.filter(visit__in=HomeVisit.objects.visible_to(user))


@not_tracked("a log itself, written once")
class VisitLog(models.Model):
    """One line of a visit's log. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # a writer may not read
    visit = models.ForeignKey(HomeVisit, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=16, choices=VisitAct)
    at = models.DateTimeField(default=timezone.now)
    # NULL: the service itself, or whoever held the visit key.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=10, choices=VisitVia, default=VisitVia.SIGNED_IN)
    objects = VisitLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a visit's log")
        verbose_name_plural = _("lines of a visit's log")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["visit_id", "at"], name="visit_log_by_visit")]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
