"""The form of a topic for supervision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from visits.models import LONGEST_TOPIC


class TopicFields(forms.Form):
    """One's own words; `warned` comes along once a soft warning has been shown."""

    use_required_attribute = False
    topic = forms.CharField(
        label=_("What do you want to bring up?"),
        max_length=LONGEST_TOPIC,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("About you and your work. Write no names."),
        error_messages={"required": _("Write what you want to bring up.")},
    )


class TopicForm(TopicFields, OnceForm):
    """A new topic."""


class TopicEditForm(TopicFields, VersionForm):
    """A topic that is written anew."""
