"""The form of a contact that only counts heads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from visits.forms.occasions import OccasionForm
from visits.models import Contact


class HeadsForm(OccasionForm):
    """Break presence and drop-in: how many, without names."""

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
    field_order = ["kind", "heads"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["mode"]
        if len(self.offered) == 1:
            self.initial["kind"] = self.offered[0][0]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Token and word of each kind that the organisation's form offers; without any there is no form."""
        return list(self.fields["kind"].choices)  # type: ignore[attr-defined]

    @staticmethod
    def values_of_heads(contact: Contact, user: User) -> dict[str, Any]:
        """What the form of a saved one starts with."""
        return OccasionForm.values_of(contact, user) | {"heads": contact.head_count}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_length(was_held=True)
        return cleaned
