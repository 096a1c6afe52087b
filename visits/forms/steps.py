"""A next step without a contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm


class NextStepForm(OnceForm):
    """One line, as agreed with the pupil."""

    text = forms.CharField(
        label=_("Next step"),
        max_length=200,
        help_text=_(
            "One thing you have agreed on, small enough to do. For example: meet in the school yard."
        ),
        error_messages={"required": _("Write the step, or go back without saving.")},
    )
