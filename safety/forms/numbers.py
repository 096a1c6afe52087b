"""The forms of a number that the organisation rings."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.addresses import LONGEST, public_address
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from safety.models import PHONE_PATTERN, NumberStep, OrganisationNumber
from safety.services import NumberWords

NAMES = ("step", "name", "phone", "hours", "url")


class NumberFields(forms.Form):
    """What is told of it. No person's name: phones keep this, and persons change."""

    use_required_attribute = False
    step = forms.ChoiceField(
        label=_("When does one ring it?"),
        choices=NumberStep.choices,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose when one rings it.")},
    )
    name = forms.CharField(
        label=_("What is it called?"),
        max_length=80,
        help_text=_("The function, such as “Social emergency service”. No person's name."),
        error_messages={"required": _("Write what it is called.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=26,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        validators=[RegexValidator(PHONE_PATTERN, _("Write digits, spaces and hyphens only."))],
        error_messages={"required": _("Write the number.")},
    )
    hours = forms.CharField(
        label=_("When do they answer?"),
        max_length=80,
        required=False,
        help_text=_("Such as “Weekdays 8–16” or “Round the clock”."),
    )
    url = forms.CharField(
        label=_("Address of their form"),
        max_length=LONGEST,
        required=False,
        help_text=_("If a report can be made on the web. It begins with https://"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        return public_address(url) if url else ""

    def words(self) -> NumberWords:
        return NumberWords(**{name: self.cleaned_data[name] for name in NAMES})


class NewNumberForm(NumberFields, OnceForm):
    """A number to be added; sent twice, it is there once."""


class NumberForm(NumberFields, VersionForm):
    """A number that is changed."""

    @staticmethod
    def values_of(number: OrganisationNumber) -> dict[str, Any]:
        """What the form of a saved number starts with."""
        return {name: getattr(number, name) for name in (*NAMES, "version")}
