"""How long an organisation waits before it asks for somebody."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.models import Organisation

MINUTES = (MinValueValidator(1), MaxValueValidator(60))


class SafetyRulesQuerySet(models.QuerySet["SafetyRules"]):
    def visible_to(self, user: User) -> Self:
        """The organisation's own: no person is in them, and everybody who works there may know them."""
        return self.filter(organisation=user.acting.organisation_id)


@track(kept=("organisation", "grace_minutes", "step_minutes", "start_minutes"))
class SafetyRules(Record):
    """One row an organisation; without one its defaults hold. All in whole minutes."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="safety_rules")
    # After the expected end of a visit until the supporter is asked.
    grace_minutes = models.PositiveSmallIntegerField(_("Grace"), default=5, validators=MINUTES)
    # Until the next one is called, when nobody has said "Jag tar det".
    step_minutes = models.PositiveSmallIntegerField(_("Between steps"), default=5, validators=MINUTES)
    # After a planned start without check-in until the supporter is asked, quietly.
    start_minutes = models.PositiveSmallIntegerField(
        _("After a planned start"), default=15, validators=MINUTES
    )
    objects = SafetyRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety rules")
        verbose_name_plural = _("safety rules")
        constraints = [
            models.CheckConstraint(
                name="safety_rules_are_minutes_within_an_hour",
                condition=Q(grace_minutes__range=(1, 60), step_minutes__range=(1, 60))
                & Q(start_minutes__range=(1, 60)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.grace_minutes}/{self.step_minutes}/{self.start_minutes}"
