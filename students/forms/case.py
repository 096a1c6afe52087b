"""The support period: where it stands, a pause, its end, and opening it again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import day_of, today
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.codes import SUPPORT_PURPOSE, Chosen, words_of
from students.forms.fields import DayField, VersionedForm, capitalised, long_text
from students.models import Case, CaseEndReason, CaseStatus, ConsentState

LONGEST_PAUSE = timedelta(days=366)
# A pause and an end need a reason, and have pages of their own.
BY_THEMSELVES = {CaseStatus.PAUSED, CaseStatus.CLOSED}


class CaseForm(VersionedForm):
    """Where the support period stands. Pausing and ending it have pages of their own."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=capitalised(choice for choice in CaseStatus.choices if choice[0] not in BY_THEMSELVES),
        widget=TileRadioSelect,
    )
    purposes = forms.MultipleChoiceField(
        label=_("What the support is for"),
        required=False,
        widget=TileCheckboxSelectMultiple,
    )
    review_on = DayField(
        label=_("Next review"),
        required=False,
        help_text=_("When you and the pupil look at how the support works."),
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        self.words = words_of(user.acting)
        kept = self.words.ticked(SUPPORT_PURPOSE, case.purposes, case.local_purposes)
        initial = {name: getattr(case, name) for name in ("version", "status", "review_on")}
        initial["purposes"] = self.words.tokens(SUPPORT_PURPOSE, kept)
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.fields["purposes"].choices = self.words.choices(SUPPORT_PURPOSE, kept)  # type: ignore[attr-defined]
        if case.status in BY_THEMSELVES:
            del self.fields["status"]

    def clean_purposes(self) -> list[Chosen]:
        return self.words.read_all(SUPPORT_PURPOSE, self.cleaned_data["purposes"])


class PauseForm(VersionedForm):
    """Why, and until when."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=long_text(2),
        help_text=_("A few words, without health details. That the pupil wants to rest is reason enough."),
    )
    until = DayField(label=_("To and including"), help_text=_("You can go on earlier if you like."))

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= today():
            raise forms.ValidationError(_("Choose tomorrow or a later day."))
        if until > today() + LONGEST_PAUSE:
            raise forms.ValidationError(_("At most a year ahead. End the support if it is to rest longer."))
        return until


class CloseForm(VersionedForm):
    """Why support ends, since when, and what it taught us (SEED_FACTS 48)."""

    end_reason = forms.ChoiceField(
        label=_("Why does the support end?"),
        choices=capitalised(CaseEndReason.choices),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
    reason = forms.CharField(
        label=_("In your own words"), max_length=300, required=False, widget=long_text(2)
    )
    last_day = DayField(label=_("The last day of the support"), initial=today)
    learnt = forms.CharField(
        label=_("What did we learn?"),
        max_length=2000,
        required=False,
        widget=long_text(4),
        help_text=_("What helped, and what would you do again? No diagnoses, no other people's names."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": case.version}} | kwargs)
        self.case = case

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day > today():
            raise forms.ValidationError(_("Choose today or an earlier day. The support ends when you save."))
        if day < day_of(self.case.opened_at):
            raise forms.ValidationError(_("The support had not begun by then. Choose a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("end_reason") == CaseEndReason.OTHER and not data.get("reason"):
            self.add_error("reason", _("Write a few words on why."))
        return data


class ReopenForm(VersionedForm):
    """Why, and whether everyone has said yes again."""

    reason = forms.CharField(label=_("Why is it opened again?"), max_length=300, widget=long_text(2))
    consent = forms.ChoiceField(
        label=_("Have guardians and pupil said yes to going on?"),
        choices=ConsentState,
        widget=TileRadioSelect,
        help_text=_("Until then the support waits for consent."),
        error_messages={"required": _("Choose one of them.")},
    )
