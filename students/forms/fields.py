"""Fields that several forms share."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import today
from peersupport.lib.names import search_words
from schools.codes import GRADE, NATIONAL
from schools.models import School

# Beyond them nobody counts days, and the calendar itself ends: the day after year 9999 is an error.
REASONABLE_DAY = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


class KeyedForm(forms.Form):
    """A form that creates something: sent twice, it does so once (TRUST T23)."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionedForm(forms.Form):
    """Remembers which version was shown; the second writer is shown both texts (TRUST T24)."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NameSearchForm(forms.Form):
    """Looks for a pupil by name; sent by POST, so that the words reach neither address nor log."""

    words = forms.CharField(
        label=_("Name or alias"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write at least two letters.")},
    )

    def clean_words(self) -> str:
        text: str = self.cleaned_data["words"]
        if not search_words(text):
            raise forms.ValidationError(_("Write at least two letters."))
        return text


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, validators=REASONABLE_DAY, **kwargs)


def grades(keep: int | None = None) -> list[tuple[Any, Any]]:
    """The grades there are today, and the one that is stored: preschool class ends and grade 10 begins."""
    kept = () if keep is None else (str(keep),)
    offered = NATIONAL.national_choices(GRADE, kept)
    return [*capitalised([("", _("not stated"))]), *((int(code), word) for code, word in offered)]


class GradeField(forms.TypedChoiceField):
    """Empty is None: not stated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Grade"))
        kwargs.setdefault("required", False)
        super().__init__(choices=grades, coerce=int, empty_value=None, **kwargs)


class SchoolField(forms.ModelChoiceField):
    """A school, by its UUID: row numbers never leave the server. The form sets `queryset`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("School"))
        kwargs.setdefault("empty_label", _("Choose school"))
        kwargs.setdefault("error_messages", {"required": _("Choose a school.")})
        super().__init__(queryset=School.objects.none(), to_field_name="public_id", **kwargs)


def not_before(day: Any, first: Any) -> bool:
    """Whether both days are there and `day` comes before `first`."""
    return bool(day and first and day < first)


def is_over(day: Any) -> bool:
    """Whether `day` is there and has passed."""
    return bool(day and day < today())


def capitalised(choices: Any) -> list[tuple[Any, Any]]:
    """Choices that stand by themselves: their words begin with a capital letter."""
    return [(value, capfirst(label)) for value, label in choices]


def long_text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
