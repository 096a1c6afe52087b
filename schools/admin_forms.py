"""The forms of Django admin that know more than their model does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools import services
from schools.models import Membership, Organisation, Role, School, SchoolForm
from schools.refusals import refusal_text


class NewUserForm(forms.ModelForm):
    """A person and their first role; without a password, which they choose themselves."""

    by: User
    role = forms.ChoiceField(
        label=_("First role"),
        choices=[("", "–"), *Role.choices],
        help_text=_(
            "A role that sees pupils takes effect when a coordinator or the programme lead confirms it."
        ),
    )
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        required=False,
        help_text=_("Empty means the whole organisation."),
    )

    class Meta:
        model = User
        fields = ["email", "given_name", "family_name", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.visible_to(self.by)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.get_queryset().filter(email=email).exists():
            raise forms.ValidationError(
                _("There is already a user with this address. Add the role to them under Roles instead.")
            )
        return email


class NewMembershipForm(forms.ModelForm):
    """A role for someone who is found by address, so that nobody chooses from a list of all users."""

    by: User
    email = forms.EmailField(
        label=_("The person's e-mail address"), help_text=_("Add somebody new under Users.")
    )

    class Meta:
        model = Membership
        fields = ["role", "school", "valid_from", "valid_to"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        email = cleaned.get("email", "").lower()
        user = User.objects.get_queryset().filter(email=email, is_active=True).first()
        if email and user is None:
            self.add_error("email", _("There is no user with this address. Add the person under Users."))
        if user is None or self.errors:
            return cleaned
        cleaned["user"] = user
        try:
            services.refuse_grant(**self.grant(), by=self.by)
        except services.MembershipRefused as refused:
            raise forms.ValidationError(refusal_text(refused)) from refused
        return cleaned

    def grant(self) -> dict[str, Any]:
        """What is granted, as the service takes it."""
        cleaned = self.cleaned_data
        return {
            "user": cleaned["user"],
            "role": cleaned["role"],
            "organisation": Organisation.objects.visible_to(self.by).get(),
            "school": cleaned.get("school"),
            "valid_from": cleaned["valid_from"],
            "valid_to": cleaned.get("valid_to"),
        }


class ChangedMembershipForm(forms.ModelForm):
    """Of a role that is granted only its end can be changed."""

    by: User
    ends_now = forms.BooleanField(
        label=_("End it now"), required=False, help_text=_("Access ends at once, whatever the last day says.")
    )

    class Meta:
        model = Membership
        fields = ["valid_to"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        before = Membership.objects.visible_to(self.by).with_people().get(pk=self.instance.pk)
        last_day = before.valid_to if cleaned.get("ends_now") else cleaned.get("valid_to")
        try:
            services.refuse_last_day(membership=before, by=self.by, last_day=last_day)
        except services.MembershipRefused as refused:
            raise forms.ValidationError(refusal_text(refused)) from refused
        return cleaned


class SchoolAdminForm(forms.ModelForm):
    """School forms by ticking, not as a line of codes."""

    forms = forms.MultipleChoiceField(
        label=_("school forms"),
        choices=SchoolForm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = School
        fields = ["name", "unit_code", "municipality_code", "forms", "grades", "status", "phone"]
