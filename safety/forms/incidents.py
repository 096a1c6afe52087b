"""The form of an incident, and the coordinator's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from safety.forms.moments import PastMomentFields
from safety.models import LONGEST_TEXT, IncidentKind
from safety.services import Happening

NO_NAMES = _("Write no pupil's name, and nothing that is not about what happened to you.")


def words_field(
    label: Any, *, help_text: Any = "", required: bool = False, because: Any = ""
) -> forms.CharField:
    """Some lines of one's own."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": because} if because else {},
    )


class IncidentForm(PastMomentFields, OnceForm):
    """What happened, told by whom it happened to."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=IncidentKind.choices,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose what it was.")},
    )
    is_serious = forms.BooleanField(
        label=_("It was serious"),
        required=False,
        help_text=_("Somebody was hurt, or was in danger of life or of being badly hurt."),
    )
    what = words_field(
        _("What happened?"), help_text=NO_NAMES, required=True, because=_("Write what happened.")
    )
    helped = words_field(_("What helped?"))
    needed = words_field(_("What do you need now?"))
    field_order = ["kind", "on", "at", "is_serious", "what", "helped", "needed"]

    def happening(self) -> Happening:
        names = ("kind", "is_serious", "what", "helped", "needed")
        return Happening(happened_at=self.moment, **{name: self.cleaned_data[name] for name in names})


class AnswerIncidentForm(VersionForm):
    """What is done about it."""

    use_required_attribute = False
    measures = words_field(
        _("What is done about it?"),
        help_text=_("By whom and by when. The author reads it. No pupil's name."),
        required=True,
        because=_("Write what is done."),
    )
    is_closed = forms.BooleanField(label=_("It is done, close it"), required=False)
