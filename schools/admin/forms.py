"""The forms of Django admin that know more than their model does."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.widgets import TileCheckboxSelectMultiple
from schools import services
from schools.codes import (
    ABSENCE_KIND,
    BY_NAME,
    CONTACT_KIND,
    CONTACT_MODE,
    CONTACT_TOPIC,
    LISTS,
    OTHER_TIME_KIND,
    PEER_MODEL,
    SCHOOL_FORM,
    SUPPORT_PURPOSE,
    CodeList,
    words_of,
)
from schools.forms.meeting_rules import kinds_of_pupils
from schools.models import LocalCode, Membership, Organisation, Role, School
from schools.refusals import refusal_text


class NewUserForm(forms.ModelForm):
    """A person and their first role; without a password, which they choose themselves."""

    by: User
    role = forms.ChoiceField(
        label=_("First role"),
        choices=[("", _("Choose")), *Role.choices],
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
        self.fields["school"].empty_label = _("The whole organisation")  # type: ignore[attr-defined]

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Choose")), *Role.choices]  # type: ignore[attr-defined]
        self.fields["school"].empty_label = _("The whole organisation")  # type: ignore[attr-defined]

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

    by: User
    forms = forms.MultipleChoiceField(
        label=_("school forms"), required=False, widget=TileCheckboxSelectMultiple
    )

    class Meta:
        model = School
        fields = ["name", "unit_code", "municipality_code", "forms", "grades", "status", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = words_of(self.by.acting).national_choices(SCHOOL_FORM, self.instance.forms)
        self.fields["forms"].choices = offered  # type: ignore[attr-defined]


def _offered(code_list: CodeList) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=code_list.title,
        choices=lambda: [(known.code, capfirst(str(known.label))) for known in code_list.codes],
        widget=TileCheckboxSelectMultiple,
        error_messages={"required": _("Keep at least one: the forms need something to offer.")},
    )


OFFERED = {f"offered_{each.name}": each for each in LISTS if each.may_hide}


class OrganisationAdminForm(forms.ModelForm):
    """With the values that the organisation's forms offer; of each list something has to stay."""

    offered_contact_kind = _offered(CONTACT_KIND)
    offered_contact_mode = _offered(CONTACT_MODE)
    offered_other_time_kind = _offered(OTHER_TIME_KIND)
    offered_contact_topic = _offered(CONTACT_TOPIC)
    offered_support_purpose = _offered(SUPPORT_PURPOSE)
    offered_peer_model = _offered(PEER_MODEL)
    offered_school_form = _offered(SCHOOL_FORM)
    offered_absence_kind = _offered(ABSENCE_KIND)

    counted_kinds = forms.MultipleChoiceField(
        label=_("what counts as a meeting"),
        choices=lambda: [(known.code, capfirst(str(known.label))) for known in kinds_of_pupils()],
        widget=TileCheckboxSelectMultiple,
        error_messages={"required": _("Keep at least one, or every pupil is listed.")},
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "number",
            "municipality_code",
            "days_without_contact",
            "days_before_first_contact",
            "counts_school_days",
            "students_per_full_time",
            "target_group_one",
            "target_group_many",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["counted_kinds"] = [
            known.code for known in kinds_of_pupils() if known.code not in self.instance.uncounted_kinds
        ]
        hidden = self.instance.hidden_codes
        for name, each in OFFERED.items():
            self.initial[name] = [
                known.code for known in each.codes if f"{each.name}:{known.code}" not in hidden
            ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        one, many = cleaned.get("target_group_one"), cleaned.get("target_group_many")
        if bool(one) != bool(many):
            missing = "target_group_many" if one else "target_group_one"
            self.add_error(missing, _("Fill in both, or leave both empty for the usual words."))
        if "counted_kinds" in cleaned:
            counted = cleaned["counted_kinds"]
            self.instance.uncounted_kinds = [
                known.code for known in kinds_of_pupils() if known.code not in counted
            ]
        self.instance.hidden_codes = [
            f"{each.name}:{known.code}"
            for name, each in OFFERED.items()
            for known in each.codes
            if known.code not in cleaned.get(name, [])
        ]
        return cleaned


def _national_values() -> list[tuple[str, Any]]:
    """The values that one of one's own can stand for, by list."""
    lists = [
        (str(each.title), [(f"{each.name}:{known.code}", known.label) for known in each.codes])
        for each in LISTS
        if each.may_add
    ]
    return [("", _("Choose")), *lists]


class LocalCodeForm(forms.ModelForm):
    """The words of an own value, and whether it is offered. What it stands for is not here to change."""

    by: User

    class Meta:
        model = LocalCode
        fields = ["label", "label_en", "label_da", "is_offered"]

    @property
    def list_name(self) -> str:
        return str(self.instance.code_list)

    def clean_label(self) -> str:
        label: str = " ".join(self.cleaned_data["label"].split())
        same = LocalCode.objects.visible_to(self.by).filter(code_list=self.list_name, label__iexact=label)
        national = BY_NAME[self.list_name].codes if self.list_name else ()
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already a value with this word."))
        if any(str(known.label).lower() == label.lower() for known in national):
            raise forms.ValidationError(_("This is the national value's own word. Choose another."))
        return label


class NewLocalCodeForm(LocalCodeForm):
    """Where the national value is chosen, once and for all."""

    field_order = ["stands_for", "label"]
    stands_for = forms.ChoiceField(
        label=_("counts as"),
        choices=_national_values,
        error_messages={"required": _("Choose the national value that it counts as.")},
    )

    @property
    def list_name(self) -> str:
        return str(self.cleaned_data.get("stands_for", "")).partition(":")[0]
