"""The forms of the link library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.addresses import LONGEST, public_address
from peersupport.lib.forms import VersionForm
from peersupport.lib.personal_numbers import has_personal_number
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import SUPPORT_PURPOSE, SupportPurpose, words_of
from schools.models import LibraryLink, LibraryLinkKind
from schools.services import LinkWords


class LinkFields(forms.Form):
    """What a link says, and what it fits."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=LibraryLinkKind.choices,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose what it is.")},
    )
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=80,
        error_messages={"required": _("Write what it is called.")},
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("A page that anyone may see. It begins with https://"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Paste the address.")},
    )
    text = forms.CharField(
        label=_("What is it good for?"),
        max_length=200,
        required=False,
        help_text=_("A few words to a supporter in a hurry. No names, nothing about a pupil."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("Which purposes does it fit?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave them all empty if it fits any."),
    )

    def __init__(self, *args: Any, user: User, kept: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = words_of(user.acting).national_choices(SUPPORT_PURPOSE, kept or [])
        self.fields["purposes"].choices = choices  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        return public_address(self.cleaned_data["url"])

    def clean_title(self) -> str:
        return self._without_number("title")

    def clean_text(self) -> str:
        return self._without_number("text")

    def _without_number(self, name: str) -> str:
        """No soft warning here: every supporter reads it, and no page on the web needs one."""
        text: str = self.cleaned_data[name]
        if has_personal_number(text):
            raise forms.ValidationError(_("This looks like a personal number. Take it away."))
        return text

    def words(self) -> LinkWords:
        return LinkWords(**{name: self.cleaned_data[name] for name in LinkWords.__dataclass_fields__})


class NewLinkForm(LinkFields, OnceForm):
    """A link to be added; sent twice, it is there once."""


class LinkForm(LinkFields, VersionForm):
    """A link that is changed."""

    @staticmethod
    def values_of(link: LibraryLink) -> dict[str, Any]:
        """What the form of a saved link starts with."""
        names = ("kind", "title", "url", "text", "purposes", "version")
        return {name: getattr(link, name) for name in names}


class LinkFilterForm(forms.Form):
    """`?kind=help&purpose=coping`; a wrong value is as good as none."""

    kind = forms.ChoiceField(
        label=_("What is it?"), required=False, choices=[("", _("All kinds")), *LibraryLinkKind.choices]
    )
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = words_of(user.acting).national_choices(SUPPORT_PURPOSE, SupportPurpose.values)
        self.fields["purpose"].choices = [("", _("Any purpose")), *purposes]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, links: Any) -> Any:
        chosen = self.chosen
        if "kind" in chosen:
            links = links.filter(kind=chosen["kind"])
        return links.fitting([chosen["purpose"]]) if "purpose" in chosen else links


class LinkSearchForm(forms.Form):
    """Looks for words in titles and texts; sent by POST, as every search, so that they reach no log."""

    words = forms.CharField(
        label=_("Search among the links"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write what you are looking for.")},
    )
