"""When a pupil is long since met, and what a meeting is."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from peersupport.lib.forms import SeveralField, VersionForm
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.codes import CONTACT_KIND, CONTACT_KIND_TILES, KINDS_WITHOUT_NAMES, Code
from schools.models import Organisation

DAYS = {
    "required": _("Write how many days."),
    "invalid": _("Write the days in digits, for example 10."),
    "min_value": _("Write 1 day or more."),
    "max_value": _("Write at most 120 days."),
}


def kinds_of_pupils() -> list[Code]:
    """The kinds that are with or about a pupil; the others only count heads."""
    return [known for known in CONTACT_KIND.codes if known.code not in KINDS_WITHOUT_NAMES]


class MeetingRulesForm(VersionForm, forms.ModelForm):
    """The four rules of the list."""

    use_required_attribute = False
    counts_school_days = forms.TypedChoiceField(
        label=_("Which days count?"),
        choices=[("True", _("School days")), ("False", _("All days"))],
        coerce=lambda text: text == "True",
        widget=TileRadioSelect,
        help_text=_(
            "Of school days weekends, public holidays and the breaks that coordinators keep are left out."
        ),
        error_messages={"required": _("Choose which days count.")},
    )
    counted_kinds = SeveralField(
        label=_("What counts as a meeting?"),
        required=True,
        widget=TileCheckboxSelectMultiple,
        help_text=_("The days begin again after a contact of these kinds, whoever held it."),
        error_messages={"required": _("Keep at least one, or every pupil is listed.")},
    )

    class Meta:
        model = Organisation
        fields = ["days_without_contact", "days_before_first_contact", "counts_school_days"]
        labels = {
            "days_without_contact": _("Days without a meeting"),
            "days_before_first_contact": _("Days before the first meeting"),
        }
        help_texts = {
            "days_without_contact": _("A pupil is on the list after more days than this."),
            "days_before_first_contact": _("The same for who has not been met yet, from the first day."),
        }
        error_messages = {"days_without_contact": DAYS, "days_before_first_contact": DAYS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["counts_school_days"] = str(self.instance.counts_school_days)
        known = kinds_of_pupils()
        self.fields["counted_kinds"].choices = [  # type: ignore[attr-defined]
            (one.code, CONTACT_KIND_TILES.get(one.code, capfirst(str(one.label)))) for one in known
        ]
        uncounted = self.instance.uncounted_kinds
        self.initial["counted_kinds"] = [one.code for one in known if one.code not in uncounted]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "counted_kinds" in cleaned:
            counted = cleaned["counted_kinds"]
            self.instance.uncounted_kinds = [one.code for one in kinds_of_pupils() if one.code not in counted]
        return cleaned
