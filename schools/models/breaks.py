"""The breaks of the school year, kept by those who coordinate."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import period_text
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models.places import Organisation, School
from schools.models.roles import Role

LONGEST = timedelta(days=100)


class SchoolBreakKind(models.TextChoices):
    """The breaks that schools in Sweden have."""

    AUTUMN = "autumn", _("autumn break")
    CHRISTMAS = "christmas", _("Christmas break")
    WINTER = "winter", _("winter break")
    EASTER = "easter", _("Easter break")
    SUMMER = "summer", _("summer break")
    OTHER = "other", _("other days off")


class SchoolBreakQuerySet(models.QuerySet["SchoolBreak"]):
    def visible_to(self, user: User) -> Self:
        """The organisation's: no person is in them, and everybody who works there may plan by them."""
        return self.filter(organisation=user.acting.organisation_id)

    def of_school(self, school_id: int) -> Self:
        """Those that the school has off: its own, and all schools'."""
        return self.filter(Q(school__isnull=True) | Q(school=school_id))

    def kept_by(self, user: User) -> Self:
        """Of the visible ones: of one's own schools; those of all schools for who coordinates them all."""
        if user.acting.role != Role.COORDINATOR:
            return self.none()
        own = Q(school__in=user.acting.schools)
        if user.acting.school_id is None:
            own |= Q(school__isnull=True)
        return self.filter(own)


@track(
    kept=("organisation", "school", "kind", "first_on", "last_on"),
    # Not through the row: a break that was removed tells its history too.
    seen_with="organisation",
    seen_by={Role.COORDINATOR: Q()},
)
class SchoolBreak(Record):
    """A break (lov) of one school, or of all schools of the organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="school_breaks")
    # NULL: all schools of the organisation.
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("School")
    )
    kind = models.CharField(_("Which break?"), max_length=10, choices=SchoolBreakKind)
    first_on = models.DateField(_("First day off"))
    last_on = models.DateField(_("Last day off"))
    objects = SchoolBreakQuerySet.as_manager()

    class Meta:
        verbose_name = _("school break")
        verbose_name_plural = _("school breaks")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="school_break_ends_after_start",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="school_break_lasts_at_most_a_hundred_days",
                condition=Q(last_on__lte=F("first_on") + LONGEST),
                violation_error_message=_("A break lasts a hundred days at most."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "school", "kind", "first_on"],
                nulls_distinct=False,
                name="school_break_is_there_once",
                violation_error_message=_("This break is in the calendar already."),
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "last_on"], name="school_break_by_organisation")]

    def is_kept_by(self, user: User) -> bool:
        """The same as `kept_by`, of a row that is loaded."""
        is_own = (
            user.acting.school_id is None if self.school_id is None else self.school_id in user.acting.schools
        )
        return user.acting.role == Role.COORDINATOR and is_own

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {period_text(self.first_on, self.last_on)}"
