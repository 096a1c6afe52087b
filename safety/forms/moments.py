"""A day and an hour that have been, as two fields."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import NoSuchTime, moment_at


class PastMomentFields(forms.Form):
    """When it was; `moment` once the form is valid. Never in the future."""

    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the date."),
            "invalid": _("Write the date as year-month-day, for example 2026-11-24."),
        },
    )
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the time."),
            "invalid": _("Write the time as hours and minutes, for example 14:30."),
        },
    )
    moment: datetime

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("on") and cleaned.get("at") is not None:
            try:
                self.moment = moment_at(cleaned["on"], cleaned["at"])
            except NoSuchTime:
                self.add_error(
                    "at", _("This time does not exist: the clock is set forward that night. Choose another.")
                )
            else:
                if self.moment > timezone.now():
                    self.add_error("on", _("It has not been yet. Write when it was."))
        return cleaned

    @staticmethod
    def start(moment: datetime) -> dict[str, Any]:
        """What the two fields start with."""
        local = timezone.localtime(moment)
        return {"on": local.date(), "at": local.time().replace(second=0, microsecond=0)}
