"""The forms of a marker: every answer is a choice or a time, for words would be content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from safety.forms.moments import PastMomentFields
from safety.models import CHANGES, WITHDRAWALS, ConcernReceiver, ConcernReport, ConcernWay
from safety.services import Marker


class MarkerFields(PastMomentFields):
    """When, to whom and how."""

    use_required_attribute = False
    learned_on = forms.DateField(
        label=_("When did you learn of it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the date."),
            "invalid": _("Write the date as year-month-day, for example 2026-11-24."),
        },
    )
    receiver = forms.ChoiceField(
        label=_("To whom?"),
        choices=ConcernReceiver.choices,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose to whom.")},
    )
    way = forms.ChoiceField(
        label=_("How?"),
        choices=ConcernWay.choices,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose how.")},
    )
    feedback_asked = forms.BooleanField(
        label=_("I have asked to hear whether an investigation is opened"), required=False
    )
    field_order = ["learned_on", "on", "at", "receiver", "way", "feedback_asked"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Which day was it sent?")
        self.fields["at"].label = _("At what time?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        learned, sent = cleaned.get("learned_on"), cleaned.get("on")
        if learned and sent and learned > sent:
            self.add_error("learned_on", _("That is after the day it was sent."))
        return cleaned

    def marker(self) -> Marker:
        cleaned = self.cleaned_data
        names = ("learned_on", "receiver", "way", "feedback_asked")
        return Marker(sent_at=self.moment, **{name: cleaned[name] for name in names})


class NewMarkerForm(MarkerFields, OnceForm):
    """A marker; sent twice, it is there once."""


class MarkerForm(MarkerFields, VersionForm):
    """A marker that is corrected, and why."""

    because = forms.ChoiceField(
        label=_("Why do you change it?"),
        choices=[(one.value, one.label) for one in CHANGES],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )

    @classmethod
    def values_of(cls, report: ConcernReport) -> dict[str, Any]:
        """What the form of a saved marker starts with."""
        names = ("learned_on", "receiver", "way", "feedback_asked", "version")
        return {name: getattr(report, name) for name in names} | cls.start(report.sent_at)


class WithdrawMarkerForm(forms.Form):
    """Why it stands no more."""

    use_required_attribute = False
    because = forms.ChoiceField(
        label=_("Why is it withdrawn?"),
        choices=[(one.value, one.label) for one in WITHDRAWALS],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
