"""When, how long and where: what everything that is planned says."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import NoSuchTime, moment_at
from peersupport.lib.widgets import TileRadioSelect
from visits.forms.fields import ClockField, DateField, MinutesField
from visits.forms.occasions import LENGTHS, OTHER_LENGTH
from visits.services import Span

FURTHEST = timedelta(days=400)


class PlannedFields(forms.Form):
    """A day, a time of day, a length and a place; `cleaned_data["starts_at"]` is aware."""

    use_required_attribute = False
    on = DateField()
    at = ClockField()
    length = forms.ChoiceField(
        label=_("How long?"),
        choices=LENGTHS,
        widget=TileRadioSelect,
        error_messages={"required": _("Choose how long.")},
    )
    minutes = MinutesField(min_value=5, too_few=_("Write 5 or more minutes."))
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("length") == OTHER_LENGTH and cleaned.get("minutes") is None:
            if not self.has_error("minutes"):
                self.add_error("minutes", _("Write how many minutes."))
        if cleaned.get("on") and cleaned.get("at") is not None:
            self._clean_moment()
        return cleaned

    def _clean_moment(self) -> None:
        cleaned = self.cleaned_data
        try:
            cleaned["starts_at"] = moment_at(cleaned["on"], cleaned["at"])
        except NoSuchTime:
            self.add_error(
                "at", _("This time does not exist: the clock is set forward that night. Choose another.")
            )
            return
        if cleaned["starts_at"] > timezone.now() + FURTHEST:
            self.add_error("on", _("At most a year ahead."))

    def span(self) -> Span:
        """From when until when. The end counts real minutes, also in a night when the clock is set."""
        cleaned = self.cleaned_data
        length = cleaned["length"]
        minutes = cleaned["minutes"] if length == OTHER_LENGTH else int(length)
        return cleaned["starts_at"], cleaned["starts_at"] + timedelta(minutes=minutes)
