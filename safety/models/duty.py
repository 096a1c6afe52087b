"""Who is on duty when, who is away, and by which phone people are reached at work."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import SHORT_WEEKDAYS, period_text, today
from peersupport.lib.history import not_tracked, track
from peersupport.lib.records import Record
from safety.models.alarms import AlarmStep
from schools.models import Organisation, Role

T = TypeVar("T", bound=models.Model)
SEE_DUTY = (Role.COORDINATOR, Role.PEER_SUPPORTER, Role.SUPERVISOR, Role.LEAD)


class DutyStep(models.IntegerChoices):
    """As which of the chain somebody is on duty; the supporter needs no turn."""

    COLLEAGUE = AlarmStep.COLLEAGUE, _("colleague")
    COORDINATOR = AlarmStep.COORDINATOR, _("coordinator or stand-in")
    DUTY = AlarmStep.DUTY, _("on duty")


class DutyQuerySet(models.QuerySet[T]):
    def visible_to(self, user: User) -> Self:
        """The organisation's, for all who visit or are called; the rest of the school needs none of it."""
        if user.acting.role not in SEE_DUTY:
            return self.none()
        return self.filter(organisation=user.acting.organisation_id)

    def kept_by(self, user: User) -> Self:
        """Of the visible ones those that the user may change."""
        return self if user.acting.role == Role.COORDINATOR else self.none()

    def not_over(self) -> Self:
        return self.filter(Q(last_on__isnull=True) | Q(last_on__gte=today()))


class DutyTurnQuerySet(DutyQuerySet["DutyTurn"]):
    pass


class DutyAwayQuerySet(DutyQuerySet["DutyAway"]):
    pass


@track(
    kept=("organisation", "user", "step", "starts", "ends", "first_on", "last_on"),
    noticed=("weekdays", "phone"),
)
class DutyTurn(Record):
    """One person, as one step of the chain, at the same hours on some weekdays.

    Hours are those of the clock on the wall in Stockholm. From 22:00 to 06:00 ends the next morning, and
    equal ends mean around the clock. The weekday is that on which it begins.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duty_turns")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Who?"))
    step = models.PositiveSmallIntegerField(_("As what?"), choices=DutyStep)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("Which days?")
    )  # ISO: 1 is Monday
    starts = models.TimeField(_("From"))
    ends = models.TimeField(pgettext_lazy("time of day", "Until"))
    first_on = models.DateField(_("First day"), default=today)
    last_on = models.DateField(_("Last day"), null=True, blank=True)  # NULL: until further notice
    phone = models.CharField(_("Phone"), max_length=30, blank=True)  # empty: the person's own work number
    objects = DutyTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty turn")
        verbose_name_plural = _("duty turns")
        ordering = ["step", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_turn_ends_after_start",
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="duty_turn_has_weekdays",
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]) & Q(weekdays__len__gt=0),
            ),
            models.CheckConstraint(name="duty_turn_is_of_a_called_step", condition=Q(step__range=(2, 4))),
        ]
        indexes = [models.Index(fields=["organisation_id", "step"], name="duty_turn_by_organisation")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"

    def begins_on(self, day: date) -> bool:
        """Whether it begins on `day`."""
        is_within = self.first_on <= day and (self.last_on is None or day <= self.last_on)
        return is_within and day.isoweekday() in self.weekdays

    @property
    def days_text(self) -> str:
        """ "varje dag", "mån, ons"."""
        if len(set(self.weekdays)) == len(SHORT_WEEKDAYS):
            return gettext("every day")
        return ", ".join(str(SHORT_WEEKDAYS[day - 1]) for day in sorted(set(self.weekdays)))

    @property
    def hours_text(self) -> str:
        """ "08:00–17:00", or around the clock."""
        if self.starts == self.ends:
            return gettext("around the clock")
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def period_text(self) -> str:
        return period_text(self.first_on, self.last_on)


@not_tracked("a plan of hours; it goes when the days are over")
class DutyAway(Record):
    """Days on which somebody cannot be called, whatever their turns say."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Who?"))
    first_on = models.DateField(_("First day"))
    last_on = models.DateField(_("Last day"))
    objects = DutyAwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("days away")
        verbose_name_plural = _("days away")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_away_ends_after_start",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "last_on"], name="duty_away_by_organisation")]

    def __str__(self) -> str:
        return f"{self.first_on:%Y-%m-%d} – {self.last_on:%Y-%m-%d}"


class WorkPhoneQuerySet(models.QuerySet["WorkPhone"]):
    def visible_to(self, user: User) -> Self:
        """One's own here; coordinators: everybody's in their organisation."""
        here = self.filter(organisation=user.acting.organisation_id)
        return here if user.acting.role == Role.COORDINATOR else here.filter(user=user)


@not_tracked("each writes their own")
class WorkPhone(Record):
    """The number by which somebody is reached at work in one organisation; written by themselves."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="work_phones")
    phone = models.CharField(_("Work phone"), max_length=30)
    objects = WorkPhoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("work phone")
        verbose_name_plural = _("work phones")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="work_phone_is_one"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
