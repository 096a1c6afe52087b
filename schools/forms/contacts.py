"""Whom to ring at a school."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from schools.models import SchoolContact


class SchoolContactForm(forms.ModelForm):
    """Whom to ring, by function."""

    class Meta:
        model = SchoolContact
        fields = ["function", "name", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and not self.errors:
            raise forms.ValidationError(_("Fill in a phone number or an e-mail address."))
        return cleaned


class NewSchoolContactForm(OnceForm, SchoolContactForm):
    """A contact that is not there yet."""


class ChangedSchoolContactForm(VersionForm, SchoolContactForm):
    """A contact someone else may be changing too."""
