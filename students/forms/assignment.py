"""Who supports whom, and the end of it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import today
from students.forms.fields import DayField, KeyedForm, is_over, long_text, not_before

TRIAL_WEEKS = 4


class AssignmentForm(KeyedForm):
    """Period, trial and why.

    `was_free` remembers whether the supporter had a free place when it was shown.
    """

    was_free = forms.BooleanField(required=False, widget=forms.HiddenInput)
    starts_on = DayField(label=_("From"), initial=today)
    trial_until = DayField(
        label=_("Trial until"),
        required=False,
        help_text=_(
            "On that day you check with the pupil how it is going. The pupil may always ask for someone else."
        ),
    )
    ends_on = DayField(
        label=_("To and including"), required=False, help_text=_("Empty means until further notice.")
    )
    reason = forms.CharField(
        label=_("Why this peer supporter?"),
        max_length=300,
        widget=long_text(2),
        help_text=_("A few words, so that the next coordinator understands. No health details."),
    )
    over_capacity_reason = forms.CharField(
        label=_("Why more pupils than there is time for?"),
        max_length=300,
        required=False,
        widget=long_text(2),
    )

    def __init__(self, *args: Any, is_free: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["was_free"].initial = is_free
        self.fields["trial_until"].initial = today() + timedelta(weeks=TRIAL_WEEKS)
        over = self.fields["over_capacity_reason"]
        if is_free:
            over.widget = forms.HiddenInput()
        else:
            over.required = True
            over.error_messages["required"] = _("There is no free place. Write why it should be done anyway.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, ends_on, trial = data.get("starts_on"), data.get("ends_on"), data.get("trial_until")
        if not_before(ends_on, starts_on):
            self.add_error("ends_on", _("The last day cannot be before the first."))
        elif is_over(ends_on):
            self.add_error("ends_on", _("This day has passed. Choose today or a later day."))
        if not_before(trial, starts_on) or not_before(ends_on, trial):
            self.add_error("trial_until", _("The trial has to end within the period."))
        return data


class EndAssignmentForm(forms.Form):
    """Why it ends; the pupil's wish needs no other reason."""

    reason = forms.CharField(
        label=_("Why does it end?"),
        max_length=300,
        widget=long_text(2),
        help_text=_("That the pupil wants another peer supporter is reason enough."),
    )
