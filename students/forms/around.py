"""The people and functions around a pupil."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import today
from peersupport.lib.widgets import TileRadioSelect
from students.forms.fields import DayField, capitalised, not_before
from students.models import PersonAround, PersonKind


class PersonAroundForm(forms.ModelForm):
    """Who it is, what they help with, how to reach them. A supporter writes the pupil's own people only."""

    starts_on = DayField(label=_("From"), initial=today)
    ends_on = DayField(
        label=_("To and including"), required=False, help_text=_("Empty means until further notice.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PersonAround
        fields = [
            *("kind", "name", "role", "organisation", "helps_with", "phone", "email", "how_to_reach"),
            *("starts_on", "ends_on"),
        ]
        widgets = {
            "kind": TileRadioSelect(wide=True),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        labels = {
            "kind": _("Who is it?"),
            "name": _("Name or function"),
            "role": _("Profession, or relation to the pupil"),
            "organisation": _("Organisation"),
            "helps_with": _("Helps with"),
            "phone": _("Phone"),
            "email": _("E-mail address"),
            "how_to_reach": _("How and when to reach"),
        }
        help_texts = {
            "name": _("For example: Kim Provdal, or the school nurse."),
            "role": _("For example: counsellor, grandmother, football coach."),
            "helps_with": _("In a few words, without health details."),
            "how_to_reach": _("For example: rings back in the afternoon."),
        }

    def __init__(self, *args: Any, only_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only_own = only_own
        if only_own:
            del self.fields["kind"], self.fields["organisation"]
            self.fields["name"].label = _("Name")
            self.fields["name"].help_text = _("What the pupil calls them is enough.")
            self.fields["role"].label = _("Relation to the pupil")
            self.fields["role"].help_text = _("For example: grandmother, football coach, friend.")
        else:
            self.fields["kind"].choices = capitalised(PersonKind.choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not_before(data.get("ends_on"), data.get("starts_on")):
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return data

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, by column."""
        columns = {name: self.cleaned_data[name] for name in self._meta.fields or [] if name in self.fields}
        return columns | ({"kind": PersonKind.OWN} if self.only_own else {})


class EndPersonForm(forms.Form):
    """Which day was the last."""

    last_day = DayField(label=_("The last day"), initial=today)

    def __init__(self, *args: Any, person: PersonAround, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day > today():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        if day < self.person.starts_on:
            raise forms.ValidationError(_("The last day cannot be before the first."))
        return day
