"""Answering a request for support: yes, no, or taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.widgets import TileRadioSelect
from students.forms.fields import KeyedForm, long_text
from students.forms.openings import OTHER
from students.forms.referral import NAMES
from students.models import ConsentState, Referral, Student

NEW = "new"


class AcceptForm(KeyedForm):
    """Is the pupil new here, or one of the likely matches? A sealed name is typed by the coordinator."""

    student = forms.ChoiceField(
        label=_("Whom is it about?"),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose whom it is about.")},
    )
    alias = forms.CharField(
        label=_("Alias"),
        max_length=8,
        required=False,
        help_text=_("If the pupil has an alias here, write it. Then leave the name empty."),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    called = forms.CharField(label=_("Known as"), max_length=80, required=False)
    consent = forms.ChoiceField(
        label=_("Consent to peer support"),
        choices=ConsentState,
        widget=TileRadioSelect,
        help_text=_("Until it is obtained the support period waits for consent."),
    )
    answer = forms.CharField(
        label=_("Answer to the referrer"), max_length=500, required=False, widget=long_text()
    )

    def __init__(
        self,
        *args: Any,
        referral: Referral,
        user: User,
        matches: Sequence[tuple[Student, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.user = referral, user
        self.matches = {str(student.public_id): student for student, _label in matches}
        self.fields["student"].choices = [  # type: ignore[attr-defined]
            *[(str(student.public_id), label) for student, label in matches],
            (NEW, _("A pupil who is new here")),
        ]
        self.fields["consent"].initial = referral.consent
        if not matches:
            self.fields["student"].initial = NEW
        if referral.is_protected:
            del self.fields["student"]
        else:
            for name in ("alias", *NAMES):
                del self.fields[name]

    @property
    def chosen(self) -> Student | None:
        """The pupil on record, None for a new one."""
        if self.referral.is_protected:
            return self.cleaned_data.get("alias")
        return self.matches.get(self.cleaned_data["student"])

    def clean_alias(self) -> Student | None:
        """The pupil behind an alias; only one who is protected and at the coordinator's schools."""
        alias = self.cleaned_data["alias"].strip().upper()
        if not alias:
            return None
        found = Student.objects.visible_to(self.user).filter(alias=alias, is_protected=True).first()
        if found is None:
            raise forms.ValidationError(_("No protected pupil at your schools has this alias."))
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.referral.is_protected and "alias" not in self.errors and data.get("alias") is None:
            if not data.get("given_name"):
                self.add_error("given_name", _("Write the pupil's given name. It is sealed at once."))
            if not data.get("family_name"):
                self.add_error("family_name", _("Write the pupil's family name. It is sealed at once."))
        return data


class AnswerForm(forms.Form):
    """An answer that the referrer reads."""

    reason = forms.CharField(label=_("Answer to the referrer"), max_length=500, widget=long_text())

    def __init__(self, *args: Any, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required

    @property
    def written(self) -> str:
        """What the referral's history says."""
        return str(self.cleaned_data["reason"])


class WithdrawReferralForm(forms.Form):
    """Why a school takes its referral back: one of a few reasons, and own words where none fits."""

    why = forms.ChoiceField(
        label=_("Why is it withdrawn?"),
        choices=[
            ("wrong_pupil", _("It is about the wrong pupil")),
            ("twice", _("It has been sent twice")),
            ("not_needed", _("The support is not needed any more")),
            ("said_no", _("The pupil or a guardian has said no")),
            (OTHER, _("Something else")),
        ],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why it is withdrawn.")},
    )
    words = forms.CharField(label=_("In your own words"), max_length=400, required=False, widget=long_text(2))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("why") == OTHER and len(data.get("words", "")) < 3:
            self.add_error("words", _("Write a few words about why."))
        return data

    @property
    def written(self) -> str:
        """What the referral's history says: the reason in words, and the own ones."""
        field: Any = self.fields["why"]
        why, words = self.cleaned_data["why"], self.cleaned_data["words"]
        return str(words if why == OTHER else ". ".join(filter(None, [str(dict(field.choices)[why]), words])))
