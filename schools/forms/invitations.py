"""Offering a role by e-mail, and accepting one."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.widgets import TileRadioSelect
from schools import services
from schools.models import ROLES_OF_COORDINATORS, Invitation, Organisation, Role, School
from schools.refusals import refusal_text


class InvitationForm(OnceForm, forms.ModelForm):
    """Who is invited, to which role, where, and until when."""

    class Meta:
        model = Invitation
        fields = ["role", "school", "given_name", "family_name", "email", "valid_to"]
        widgets = {
            "role": TileRadioSelect,
            "valid_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "email": _("Their work address. The link to accept is sent there."),
            "valid_to": _("Empty means until further notice."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = user
        roles = ROLES_OF_COORDINATORS if user.acting.role == Role.COORDINATOR else tuple(Role)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in roles]  # type: ignore[attr-defined]
        schools: Any = self.fields["school"]
        schools.queryset = School.objects.visible_to(user).open().by_name()
        whole_organisation = user.acting.school_id is None
        schools.required = not whole_organisation
        schools.empty_label = _("The whole organisation") if whole_organisation else _("Choose")
        self.helper = _plain_helper()
        self.helper.layout = Layout(
            Fieldset(_("Which role"), "role", "school"),
            Fieldset(_("Who"), Row(Column("given_name"), Column("family_name")), "email"),
            Fieldset(_("How long"), "valid_to"),
            "form_key",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["role"] == Role.SCHOOL_STAFF and not cleaned.get("school"):
            self.add_error("school", _("Choose the school where the person works."))
            return cleaned
        try:
            services.refuse_invitation(**self.place(), by=self.by)
        except (services.MembershipRefused, services.InvitationRefused) as refused:
            raise forms.ValidationError(refusal_text(refused)) from refused
        return cleaned

    def place(self) -> dict[str, Any]:
        """What is offered to which address, as the service takes it."""
        cleaned = self.cleaned_data
        return {
            "email": cleaned["email"].strip().lower(),
            "role": cleaned["role"],
            "organisation": Organisation.objects.visible_to(self.by).get(),
            "school": cleaned.get("school"),
            "valid_to": cleaned.get("valid_to"),
        }

    def invitation(self) -> dict[str, Any]:
        """The whole offer, as the service takes it."""
        names = {name: self.cleaned_data[name] for name in ("given_name", "family_name")}
        return {**self.place(), **names}

    def _get_validation_exclusions(self) -> set[str]:
        # Whether it is open once is the service's answer: the form lacks half of the constraint's fields.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"email", "role", "school"}


class NewAccountForm(forms.Form):
    """The name one goes by, and a password; the address is the one the link came to."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 14 characters. A whole sentence is easy to remember and hard to guess."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.helper = _plain_helper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password")
        if not password:
            return cleaned
        names = {name: cleaned.get(name, "") for name in ("given_name", "family_name")}
        try:
            validate_password(password, User(email=self.email, **names))
        except forms.ValidationError as error:
            self.add_error("password", error)
        if cleaned.get("again") not in (None, password):
            self.add_error("again", _("These are two different passwords."))
        return cleaned


def _plain_helper() -> FormHelper:
    """The template owns the form tag, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
