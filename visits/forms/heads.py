"""The form of a contact that only counts heads."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.widgets import TileRadioSelect
from schools.models import School
from visits.forms.occasions import OccasionForm
from visits.models import Contact


class HeadsForm(OccasionForm):
    """Break presence and drop-in: how many, without names, and at which school where there is a choice."""

    is_with_names = False
    heads = forms.IntegerField(
        label=_("How many did you meet?"),
        min_value=0,
        max_value=999,
        help_text=_("A number and no names. 0 is work done too."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many you met; 0 if nobody came."),
            "min_value": _("Write 0 or more."),
            "max_value": _("At most 999."),
            "invalid": _("Write the number in digits, for example 12."),
        },
    )
    school = forms.ChoiceField(
        label=_("At which school?"),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose the school.")},
    )
    field_order = ["kind", "school", "heads"]

    def __init__(self, *args: Any, schools: Sequence[School] = (), **kwargs: Any) -> None:
        """`schools`: where the supporter is placed; of an earlier contact its own besides."""
        super().__init__(*args, **kwargs)
        del self.fields["mode"]
        self._schools = {str(one.public_id): one for one in schools}
        if len(schools) == 1:
            del self.fields["school"]
        else:
            choices = [(key, one.name) for key, one in self._schools.items()]
            self.fields["school"].choices = choices  # type: ignore[attr-defined]
        if len(self.offered) == 1:
            self.initial["kind"] = self.offered[0][0]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Token and word of each kind that the organisation's form offers; without any there is no form."""
        return list(self.fields["kind"].choices)  # type: ignore[attr-defined]

    @property
    def only_school(self) -> School | None:
        """The school, when there is no other."""
        return next(iter(self._schools.values())) if len(self._schools) == 1 else None

    def chosen_school(self) -> School:
        return self.only_school or self._schools[self.cleaned_data["school"]]

    @staticmethod
    def values_of_heads(contact: Contact, user: User, schools: Sequence[School]) -> dict[str, Any]:
        """What the form of a saved one starts with."""
        school = next((str(one.public_id) for one in schools if one.pk == contact.school_id), "")
        return OccasionForm.values_of(contact, user) | {"heads": contact.head_count, "school": school}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_length(was_held=True)
        return cleaned
