"""Asking for support, and the list of what has been asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import SCHOOL_FORM, words_of
from schools.models import School
from students.forms.fields import GradeField, KeyedForm, SchoolField, capitalised, long_text
from students.models import ConsentState, Protection, Referral, ReferralStatus

NAMES = ("given_name", "family_name", "called")
REQUIRED_NAMES = {
    "given_name": _("Write the pupil's given name."),
    "family_name": _("Write the pupil's family name."),
}


class ReferralForm(KeyedForm, forms.ModelForm):
    """What works comes before what is hard (SEED_FACTS 11). A protected pupil's name is left out."""

    school = SchoolField()
    grade = GradeField()
    rather = forms.ChoiceField(
        label=_("Whom would the pupil rather meet?"),
        choices=[("", _("It does not matter")), ("woman", _("A woman")), ("man", _("A man"))],
        widget=TileRadioSelect,
        required=False,
    )

    class Meta:
        model = Referral
        fields = [
            "school",
            "protection",
            *NAMES,
            "birth_year",
            "sex",
            "school_form",
            "grade",
            "works_well",
            "reason",
            "has_been_tried",
            "student_wants",
            "guardians_say",
            "wanted_language",
            "wishes",
            "consent",
            "consent_note",
        ]
        widgets = {
            "protection": TileRadioSelect(wide=True),
            "sex": TileRadioSelect(),
            "reason": TileRadioSelect(wide=True),
            "consent": TileRadioSelect(),
            "works_well": long_text(),
            "has_been_tried": long_text(),
            "student_wants": long_text(),
            "guardians_say": long_text(),
            "wishes": long_text(2),
            "birth_year": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.visible_to(user).open().by_name()
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        if len(user.acting.schools) == 1:
            self.initial["school"] = schools.first()
        self.fields["protection"].choices = [  # type: ignore[attr-defined]
            (Protection.NONE, _("No protection that we know of")),
            *capitalised(choice for choice in Protection.choices if choice[0] != Protection.NONE),
        ]
        offered = words_of(user.acting).national_choices(SCHOOL_FORM)
        self.fields["school_form"].choices = offered  # type: ignore[attr-defined]
        for name in ("sex", "reason"):
            self.fields[name].choices = capitalised(self.fields[name].choices)  # type: ignore[attr-defined]
        for name, text in _words().items():
            self.fields[name].label, self.fields[name].help_text = text
        is_named = self.data.get("protection", Protection.NONE) == Protection.NONE
        for name, error in REQUIRED_NAMES.items():
            self.fields[name].required = is_named
            self.fields[name].error_messages["required"] = error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.instance.wants_woman = data.get("rather") == "woman"
        self.instance.wants_man = data.get("rather") == "man"
        if data.get("protection", Protection.NONE) != Protection.NONE:
            self._refuse_names(data)
        if data.get("consent") == ConsentState.OBTAINED and not data.get("consent_note"):
            self.add_error("consent_note", _("Write who has consented, and when."))
        return data

    def _refuse_names(self, data: Mapping[str, Any]) -> None:
        for name in NAMES:
            if data.get(name):
                self.add_error(name, _("Leave this empty: the pupil's details are protected."))


def _words() -> dict[str, tuple[Any, Any]]:
    """Label and help of fields whose model's words are too short for a form."""
    return {
        "protection": (
            _("Are the pupil's details protected?"),
            _(
                "If so, write no name. Ring the coordinator, say whom it is about, and take it from there "
                "together."
            ),
        ),
        "given_name": (_("Given name"), ""),
        "family_name": (_("Family name"), ""),
        "called": (_("Known as"), _("What the pupil is called in everyday life, if it is something else.")),
        "birth_year": (_("Year of birth"), ""),
        "sex": (_("Legal sex"), _("Only for statistics.")),
        "school_form": (_("School form"), ""),
        "works_well": (
            _("What works already?"),
            _("What the pupil likes and is good at, people the pupil trusts, days that go well."),
        ),
        "reason": (_("Why are you asking for support?"), ""),
        "has_been_tried": (_("What has been tried?"), _("What helped, if only a little?")),
        "student_wants": (_("What does the pupil want?"), _("In the pupil's own words, if you can.")),
        "guardians_say": (_("What do the guardians say?"), ""),
        "wishes": (_("More wishes about the peer supporter"), _("For example interests, or an age.")),
        "wanted_language": (_("Language needed besides Swedish"), _("For example Arabic.")),
        "consent": (
            _("Have guardians and pupil said yes to peer support?"),
            _("You can send the referral before everyone has said yes. The support begins after that."),
        ),
        "consent_note": (_("Who, and when?"), _("For example: mother and pupil, 12 November.")),
    }


class ReferralFilterForm(forms.Form):
    """Which referrals to show; `open` are those without an answer. Schools where there is more than one."""

    school = SchoolField(required=False, empty_label=_("All schools"))
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), ("open", _("Without an answer")), *capitalised(ReferralStatus.choices)],
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        if len(user.acting.schools) > 1:
            self.fields["school"].queryset = School.objects.visible_to(user).open().by_name()  # type: ignore[attr-defined]
        else:  # nothing to choose, but a school's page may ask for the only one there is
            del self.fields["school"]
        self._asks_for_school = bool(data.get("school"))

    def apply(self, referrals: "QuerySet[Referral]") -> "QuerySet[Referral]":
        """`referrals`, narrowed; a choice that does not exist narrows nothing.

        By school no protected pupil is found: it would tell which school is theirs (DOMAIN §4).
        """
        self.is_valid()
        if school := self.cleaned_data.get("school"):
            referrals = referrals.filter(school=school)
        if school or (self._asks_for_school and "school" not in self.fields):
            referrals = referrals.filter(protection=Protection.NONE).exclude(student__is_protected=True)
        status = self.data.get("status", "")
        if status == "open":
            return referrals.filter(status__in=(ReferralStatus.REQUESTED, ReferralStatus.AWAITING_CONSENT))
        return referrals.filter(status=status) if status in ReferralStatus.values else referrals
