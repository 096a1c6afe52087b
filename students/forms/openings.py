"""Reasons for opening what is shut, and what is written there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peersupport.lib.widgets import TileRadioSelect
from students.forms.fields import long_text

OTHER = "other"
ADDRESS_REASONS = [
    ("home_visit", _("I am going on a home visit")),
    ("reach_student", _("I need to reach the pupil")),
    ("letter", _("I am sending a letter")),
    ("worry", _("I am worried about the pupil")),
    (OTHER, _("Something else")),
]
NAME_REASONS = [
    ("meeting", _("I am meeting the pupil or a guardian")),
    ("right_person", _("I am checking that it is the right pupil")),
    ("authority", _("I am talking to another authority")),
    ("worry", _("I am worried about the pupil")),
    (OTHER, _("Something else")),
]


class OpeningForm(forms.Form):
    """A reason out of a few, or one's own words; it stands in the log."""

    reason = forms.ChoiceField(
        label=_("Why do you open it?"),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why you open it.")},
    )
    words = forms.CharField(label=_("In your own words"), max_length=180, required=False, widget=long_text(2))

    def __init__(self, *args: Any, reasons: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == OTHER and len(data.get("words", "")) < 3:
            self.add_error("words", _("Write a few words about why."))
        return data

    @property
    def logged_reason(self) -> str:
        """What the log says: the reason's code, and the words if any."""
        words = self.cleaned_data["words"]
        return f"{self.cleaned_data['reason']}: {words}" if words else str(self.cleaned_data["reason"])


class WhereaboutsForm(forms.Form):
    """Address and phone, without what is saved: an empty field leaves that as it is."""

    street = forms.CharField(label=_("Street address"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=10, required=False)
    city = forms.CharField(label=_("Town"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("The pupil's phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    how_to_reach = forms.CharField(
        label=_("How to reach the pupil"),
        max_length=200,
        required=False,
        help_text=_("For example: the pupil answers sms, not calls."),
    )
    clear = forms.BooleanField(
        label=_("First remove everything that is saved"),
        required=False,
        help_text=_(
            "Tick this when the old address and phone are wrong and you do not have the new ones, "
            "or may not have them."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.values()):
            raise forms.ValidationError(_("Write at least one thing, or cancel."))
        return data
