"""What is answered to an alarm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safety.models import AlarmOutcome

REAL = [choice for choice in AlarmOutcome.choices if choice[0] != AlarmOutcome.DRILL]


class OutcomeForm(forms.Form):
    """How it ended; of a drill there is nothing to choose."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=REAL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )


class AnswerForm(forms.Form):
    """The supporter's own answer."""

    answer = forms.ChoiceField(choices=[(word, word) for word in ("well", "done", "more")])
