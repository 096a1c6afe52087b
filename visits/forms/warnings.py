"""What is asked about once before it is saved: a personal number, a pupil's name where none belongs.

Soft: nobody but the writer knows what the words mean, so the second time it is saved all the same.
"""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.personal_numbers import has_personal_number
from visits import services

# Fields of the supporter's own list and of an incident, where no pupil's name belongs.
WITHOUT_NAMES = ("supervision", "topic", "what", "helped", "needed")
Warned = tuple[str, str, str]  # anchor, field's name, what about it


def soft_warnings(checked: Sequence[forms.Form], user: User) -> list[Warned]:
    """What to ask about in valid forms. One query when something is written that may hold no name."""
    return [warning for form in checked for warning in _of_form(form, user)]


def _of_form(form: forms.Form, user: User) -> Iterator[Warned]:
    for bound in form.visible_fields():
        text = form.cleaned_data.get(bound.name)
        if type(bound.field) is not forms.CharField or not text:
            continue
        if has_personal_number(text):
            yield bound.auto_id, str(bound.label), _("This looks like a personal number.")
        if bound.name in WITHOUT_NAMES and services.names_a_pupil(text, services.pupils_to_log(by=user)):
            yield bound.auto_id, str(bound.label), _("The name of one of your pupils stands here.")
