"""The form of time without a pupil."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import NoSuchTime, moment_at
from peersupport.lib.forms import VersionForm
from peersupport.lib.numbers import tenths
from peersupport.lib.personal_numbers import has_personal_number
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import OTHER_TIME_KIND, OtherTimeKind, words_of
from visits import services
from visits.forms.fields import ClockField, DateField, MinutesField
from visits.models import MOST_KM, Appointment, OtherTime

# With soft hyphens where they are long: a tile is narrow on a phone.
TILE_WORDS = {
    OtherTimeKind.TRAINING.value: pgettext_lazy("tile", "Training"),
    OtherTimeKind.SUPERVISION.value: pgettext_lazy("tile", "Supervision"),
    OtherTimeKind.PREPARATION.value: pgettext_lazy("tile", "Preparation"),
}


class OtherTimeFields(forms.Form):
    """What, how long, when, how far, and a few words if one likes."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=TileRadioSelect,
        error_messages={"required": _("Choose what it was.")},
    )
    minutes = MinutesField(
        min_value=1,
        too_few=_("Write 1 or more minutes."),
        missing=_("Write how many minutes it took."),
    )
    on = DateField()
    at = ClockField(label=_("It began at"))
    travel_km = forms.DecimalField(
        label=_("Travel, km"),
        required=False,
        min_value=0,
        max_value=MOST_KM,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("If you drove or rode somewhere and are to have it paid."),
        error_messages={
            "max_value": _("At most 999.9 km in one row."),
            "min_value": _("Write 0 or more kilometres."),
            "max_decimal_places": _("Write the kilometres with one decimal at most, for example 12.5."),
            "invalid": _("Write the kilometres in digits, for example 12.5."),
        },
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Write no names: this is about your time, not about a pupil."),
    )
    # There only when there is something to be sure about.
    is_sure = forms.BooleanField(label=_("Save the note as it is."), required=False)

    def __init__(self, *args: Any, user: User, before: OtherTime | None = None, **kwargs: Any) -> None:
        """`before`: what is being changed; its own moment and kind are accepted whatever holds today."""
        super().__init__(*args, **kwargs)
        self.before = before
        self.doubt = self._doubt(user)
        if not self.doubt:
            del self.fields["is_sure"]
        kept = [before.kind] if before else []
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, TILE_WORDS.get(code, word))
            for code, word in words_of(user.acting).national_choices(OTHER_TIME_KIND, kept)
        ]

    def _doubt(self, user: User) -> str:
        """What the note looks as if it held; empty: nothing to ask about. One query, when there is a note."""
        note = (self.data.get(self.add_prefix("note")) or "") if self.is_bound else ""
        if has_personal_number(note):
            return gettext("This looks like a personal number.")
        if note and services.names_a_pupil(note, services.pupils_to_log(by=user)):
            return gettext("The name of one of your pupils stands here.")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("on") and cleaned.get("at") is not None:
            self._clean_moment()
        if self.doubt and not cleaned.get("is_sure"):
            self.add_error("note", self.doubt)
        return cleaned

    def _clean_moment(self) -> None:
        cleaned = self.cleaned_data
        try:
            moment = moment_at(cleaned["on"], cleaned["at"])
        except NoSuchTime:
            self.add_error(
                "on", _("This time did not exist: the clock was set forward that night. Choose another.")
            )
            return
        if self.before and moment == self.before.starts_at.replace(second=0, microsecond=0):
            cleaned["starts_at"] = self.before.starts_at
            return
        try:
            services.check_moment(moment)
        except services.InTheFuture:
            self.add_error("on", _("This time has not come yet. Write when it was."))
        except services.TooLongAgo:
            self.add_error(
                "on",
                _("More than 60 days ago. Ask your coordinator whether it should be written down anyway."),
            )
        cleaned["starts_at"] = moment

    def spent(self) -> services.Spent:
        cleaned = self.cleaned_data
        return services.Spent(
            cleaned["kind"],
            cleaned["starts_at"],
            cleaned["minutes"],
            cleaned["travel_km"] or Decimal(0),
            cleaned["note"].strip(),
        )


class NewOtherTimeForm(OtherTimeFields, OnceForm):
    """Time to be written down; sent twice, it is there once. What ended just now needs no time of day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].required = False
        self.fields["at"].help_text = _("Left empty, it ended just now.")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "at" in cleaned and cleaned["at"] is None and cleaned.get("on") and cleaned.get("minutes"):
            self._clean_just_now()
        return super().clean()

    def _clean_just_now(self) -> None:
        now = timezone.localtime()
        began = now - timedelta(minutes=self.cleaned_data["minutes"])
        if now.date() == self.cleaned_data["on"] == began.date():
            self.cleaned_data["at"] = began.time().replace(second=0, microsecond=0)
        else:
            self.add_error("at", self.fields["at"].error_messages["required"])

    @staticmethod
    def values_now() -> dict[str, Any]:
        """What a new form starts with: today."""
        return {"on": timezone.localdate()}

    @staticmethod
    def values_as_planned(row: Appointment) -> dict[str, Any]:
        """What a new form starts with that writes down what was planned."""
        local = timezone.localtime(row.starts_at)
        at = local.time().replace(second=0, microsecond=0)
        return {"kind": row.kind, "on": local.date(), "at": at, "minutes": row.minutes}


class OtherTimeForm(OtherTimeFields, VersionForm):
    """Time that is changed."""

    @staticmethod
    def values_of(row: OtherTime) -> dict[str, Any]:
        """What the form of a saved row starts with."""
        local = timezone.localtime(row.starts_at)
        return {
            "kind": row.kind,
            "minutes": row.minutes,
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "travel_km": tenths(row.travel_km) if row.travel_km else "",
            "note": row.note,
            "version": row.version,
        }
