"""The forms of a home visit: the risk check before it, and one that nobody had booked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from operations.forms import OnceForm
from peersupport.lib.widgets import TileRadioSelect
from safety.models import VisitCompany
from safety.services import Colleague, RiskCheck
from students.models import Assignment

RISK = [("no", _("No")), ("yes", pgettext_lazy("risk", "Yes, or I am not sure"))]
MINUTES = [("30", _("30 min")), ("45", _("45 min")), ("60", _("60 min")), ("90", _("90 min"))]


class RiskCheckForm(forms.Form):
    """How they go. That there is palpable risk is asked, and not kept."""

    use_required_attribute = False
    risk = forms.ChoiceField(
        label=_("Is there a palpable risk of threats or violence?"),
        choices=RISK,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Answer the question. The answer is not kept.")},
    )
    company = forms.ChoiceField(
        label=_("How do you go?"),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose how you go.")},
    )
    companion = forms.ChoiceField(label=_("Who goes along?"), required=False)
    place = forms.CharField(
        label=_("Where do you meet?"),
        max_length=80,
        required=False,
        help_text=_("Where you meet somewhere else than at home."),
    )

    def __init__(
        self, *args: Any, colleagues: Sequence[Colleague], is_protected: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.public_id): one for one in colleagues}
        offered = [(one.value, one.label) for one in VisitCompany]
        if is_protected:  # never at home, and so nobody goes there alone
            offered = [choice for choice in offered if choice[0] != VisitCompany.ALONE]
        names = [(key, one.name) for key, one in self.colleagues.items()]
        self.fields["company"].choices = offered  # type: ignore[attr-defined]
        self.fields["companion"].choices = [("", _("Somebody else")), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("risk") == "yes" and cleaned.get("company") == VisitCompany.ALONE:
            self.say_not_alone()
        return cleaned

    def say_not_alone(self) -> None:
        text = _("Where there is such a risk nobody goes alone. Be two, meet somewhere else, or wait.")
        self.add_error("company", text)

    def check_made(self) -> RiskCheck:
        """What was filled in; who goes along only where two do."""
        cleaned = self.cleaned_data
        company = VisitCompany(cleaned["company"])
        chosen = self.colleagues.get(cleaned["companion"])
        companion = chosen.pk if chosen and company == VisitCompany.TWO else None
        return RiskCheck(company, cleaned["risk"] == "yes", companion, cleaned["place"])


class VisitNowForm(OnceForm):
    """A home visit from now on: with whom of one's own pupils, and how long."""

    use_required_attribute = False
    who = forms.ChoiceField(
        label=_("With whom?"), widget=TileRadioSelect, error_messages={"required": _("Choose with whom.")}
    )
    length = forms.ChoiceField(
        label=_("How long?"),
        choices=MINUTES,
        initial="60",
        widget=TileRadioSelect,
        error_messages={"required": _("Choose how long.")},
    )
    place = forms.CharField(
        label=_("Where do you meet?"),
        max_length=80,
        required=False,
        help_text=_("Where you meet somewhere else than at home."),
    )
    field_order = ["who", "length", "place"]

    def __init__(self, *args: Any, assignments: Sequence[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignments = {str(one.student.public_id): one for one in assignments}
        names = [(key, one.student.called_name) for key, one in self.assignments.items()]
        self.fields["who"].choices = names  # type: ignore[attr-defined]

    @property
    def assignment(self) -> Assignment:
        return self.assignments[self.cleaned_data["who"]]
