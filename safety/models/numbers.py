"""Whom to ring when somebody is worried: functions of society and of the organisation, never persons."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.addresses import DATABASE_PATTERN, LONGEST
from peersupport.lib.history import track
from peersupport.lib.ordering import swedish_order
from peersupport.lib.records import Record
from schools.models import Organisation

PHONE_PATTERN = r"^\+?[0-9][0-9 -]{1,24}$"


class NumberStep(models.TextChoices):
    """When one rings it; the order is that of the page."""

    URGENT = "urgent", _("Social services in an emergency, evenings and weekends too")
    INTAKE = "intake", _("Social services in office hours, where a report is made")
    INTERNAL = "internal", pgettext_lazy("phone number", "Our own")


class OrganisationNumberQuerySet(models.QuerySet["OrganisationNumber"]):
    def visible_to(self, user: User) -> Self:
        """The organisation's that are in use: no person is in them."""
        return self.filter(organisation=user.acting.organisation_id, withdrawn_at__isnull=True)

    def in_order(self) -> Self:
        """As on the page: by when one rings it, then by name."""
        step = models.Case(
            *(models.When(step=each.value, then=place) for place, each in enumerate(NumberStep)),
            default=len(NumberStep.values),
        )
        return self.annotate(place=step, list_key=swedish_order("name")).order_by("place", "list_key", "pk")


@track(kept=("organisation", "step", "withdrawn_at"), noticed=("name", "phone", "hours", "url"))
class OrganisationNumber(Record):
    """A function that answers the phone, kept by the coordinators; phones keep it for where no network is."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="numbers")
    step = models.CharField(_("When does one ring it?"), max_length=10, choices=NumberStep)
    name = models.CharField(_("What is it called?"), max_length=80)
    phone = models.CharField(_("phone"), max_length=26, validators=[RegexValidator(PHONE_PATTERN)])
    hours = models.CharField(_("When do they answer?"), max_length=80, blank=True)
    # The authority's own form or e-service for a report; empty: there is none.
    url = models.CharField(_("Address of their form"), max_length=LONGEST, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: in use
    objects = OrganisationNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone number")
        verbose_name_plural = _("phone numbers")
        constraints = [
            models.CheckConstraint(
                name="organisation_number_can_be_rung", condition=Q(phone__regex=PHONE_PATTERN)
            ),
            models.CheckConstraint(
                name="organisation_number_leads_to_a_public_page",
                condition=Q(url="") | Q(url__regex=DATABASE_PATTERN),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dialled(self) -> str:
        """As a tel: link has it."""
        return self.phone.replace(" ", "").replace("-", "")
