"""What people type about supporters."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import today
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import PEER_MODEL, words_of
from schools.models import Organisation
from supporters import services
from supporters.models import LivedExperience, PeerSupporter, Placement

MOST_WORDS, LONGEST_WORD = 20, 40


class WordsField(forms.CharField):
    """A few words with commas between, as a list: stripped, each once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        words = [" ".join(word.split()) for word in text.replace("\n", ",").replace(";", ",").split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in value):
            raise forms.ValidationError(
                _("Write at most %(words)s words, each at most %(letters)s letters, with commas between."),
                params={"words": MOST_WORDS, "letters": LONGEST_WORD},
            )

    def run_validators(self, value: Any) -> None:
        for word in value:
            super().run_validators(word)


def plain_helper() -> FormHelper:
    """The template owns the form tag, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class OwnProfileForm(VersionForm, forms.ModelForm):
    """What a supporter writes about themselves, for colleagues and for matching."""

    languages = WordsField(
        label=_("Languages"), required=False, help_text=_("With commas between: Swedish, Arabic.")
    )
    interests = WordsField(
        label=_("Interests"), required=False, help_text=_("With commas between: gaming, fishing, music.")
    )

    class Meta:
        model = PeerSupporter
        fields = ["languages", "interests", "presentation", "gender"]
        widgets = {"presentation": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "presentation": _("A few lines colleagues may read. What you have been through stays yours.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class SupporterForm(OwnProfileForm):
    """What the coordinator keeps besides."""

    class Meta(OwnProfileForm.Meta):
        fields = [*OwnProfileForm.Meta.fields, "supervisor", "employer", "is_accepting"]
        help_texts = {"is_accepting": _("Turn it off while the supporter has enough pupils, or is away.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "supervisor", services.supervisors(by=user), _("None yet"))
        _choose(self, "employer", Organisation.objects.known_to(user), _("The organisation itself"))


class NewSupporterForm(OnceForm, SupporterForm):
    """A profile for someone who holds the role but has none."""

    class Meta(SupporterForm.Meta):
        fields = ["user", *SupporterForm.Meta.fields]
        labels = {"user": _("Who?")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        _choose(self, "user", services.users_without_profile(by=user), _("Choose"))


class PlacementForm(OnceForm, forms.ModelForm):
    """A supporter at a school, how much and from when."""

    class Meta:
        model = Placement
        fields = ["school", "percent", "model", "starts_on", "ends_on"]
        help_texts = {"ends_on": _("Empty means until further notice.")}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "school", services.placeable_schools(by=user), _("Choose"))
        self.fields["model"].choices = words_of(user.acting).national_choices(PEER_MODEL)  # type: ignore[attr-defined]
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned


class PlacementEndForm(VersionForm):
    """The last day of a placement."""

    ends_on = forms.DateField(
        label=_("Last day"),
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class LivedExperienceForm(forms.ModelForm):
    """One's own words, and who sees them."""

    class Meta:
        model = LivedExperience
        fields = ["text", "sharing"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "sharing": TileRadioSelect(wide=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


def _choose(form: forms.BaseForm, name: str, rows: Any, empty: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = rows
    field.empty_label = empty
