"""A break of the school year."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from schools.models import School, SchoolBreak


class SchoolBreakForm(forms.ModelForm):
    """Which break, for whom, from when to when."""

    use_required_attribute = False

    class Meta:
        model = SchoolBreak
        fields = ["kind", "school", "first_on", "last_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = School.objects.visible_to(user).open()
        school.empty_label, school.to_field_name = _("All schools"), "public_id"
        self.initial["school"] = self.instance.school
        if user.acting.school_id is not None:  # whoever coordinates one school answers for that one
            school.required, school.empty_label = True, None
        self.fields["kind"].error_messages["required"] = _("Choose which break it is.")
        for name in ("first_on", "last_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name].error_messages["required"] = _("Choose a day.")
        self.instance.organisation_id = user.acting.organisation_id
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _get_validation_exclusions(self) -> set[str]:
        # "There once" is about the organisation too, which no form shows.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"organisation"}


class NewSchoolBreakForm(OnceForm, SchoolBreakForm):
    """A break that is not there yet."""


class ChangedSchoolBreakForm(VersionForm, SchoolBreakForm):
    """A break someone else may be changing too."""
