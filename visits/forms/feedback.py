"""Thanks, questions and answers: a sentence at most."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from visits.models.feedback import LONGEST_TEXT

# One tap each; what is stored is the text as its sender read it.
READY_ANSWERS = {
    "yes": _("Yes"),
    "not_yet": _("Not yet"),
    "when_we_meet": _("Let us talk about it when we meet"),
}


def sentence(
    label: object, help_text: object, *, required: bool = True, missing: object = ""
) -> forms.CharField:
    """A field for a sentence or two."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing} if missing else None,  # type: ignore[dict-item]
    )


class ThanksForm(OnceForm):
    """With words or without."""

    text = sentence(
        _("What do you want to say?"),
        _("It may stay empty. Then it says only that you thank."),
        required=False,
    )


class QuestionForm(OnceForm):
    """A question about this one contact."""

    text = sentence(
        _("What do you wonder?"),
        _("About this contact. No diagnoses, no other people's names."),
        missing=_("Write your question."),
    )


class AnswerForm(forms.Form):
    """One of the ready answers, or one's own words."""

    use_required_attribute = False
    ready = forms.CharField(required=False, widget=forms.HiddenInput)
    text = sentence(
        _("Your answer"),
        _("A sentence is enough. The coordinators of the pupil's school read it."),
        required=False,
    )

    def clean(self) -> dict[str, str]:
        cleaned: dict[str, str] = self.cleaned_data
        ready = READY_ANSWERS.get(cleaned.get("ready", ""))
        cleaned["answer"] = str(ready) if ready else cleaned.get("text", "").strip()
        if not cleaned["answer"] and not self.has_error("text"):
            self.add_error("text", _("Write an answer, or choose one of the ready ones."))
        return cleaned
