"""The pupil's record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import SCHOOL_FORM, words_of
from schools.models import Membership, Role
from students.forms.fields import (
    DayField,
    GradeField,
    VersionedForm,
    capitalised,
    grades,
    long_text,
)
from students.models import (
    Guardian,
    GuardianRelation,
    Protection,
    Sex,
    Student,
)

NAMES = ("given_name", "family_name", "called")


class SealedNameForm(VersionedForm):
    """A protected pupil's name, while it is open."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    called = forms.CharField(label=_("Known as"), max_length=80, required=False)


class StudentForm(VersionedForm):
    """Name, grade and what works; of a protected pupil the name is not shown. The school has its own page."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    called = forms.CharField(
        label=_("Known as"),
        max_length=80,
        required=False,
        help_text=_("What the pupil is called in everyday life, if it is something else."),
    )
    works_well = forms.CharField(
        label=_("What works"),
        max_length=1000,
        required=False,
        widget=long_text(),
        help_text=_("What the pupil likes and is good at, people the pupil trusts, days that go well."),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        min_value=1990,
        max_value=2040,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(
        label=_("Legal sex"),
        choices=capitalised(Sex.choices),
        widget=TileRadioSelect,
        help_text=_("Only for statistics."),
    )
    school_form = forms.ChoiceField(label=_("School form"))
    grade = GradeField()
    valid_from = DayField(
        label=_("School form and grade from"),
        initial=today,
        help_text=_("Only matters when you change school form or grade."),
    )

    def __init__(self, *args: Any, user: User, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _of_student(student)} | kwargs)
        offered = words_of(user.acting).national_choices(SCHOOL_FORM, {student.school_form})
        self.fields["school_form"].choices = offered  # type: ignore[attr-defined]
        self.fields["grade"].choices = grades(keep=student.grade)  # type: ignore[attr-defined]
        if student.is_protected:
            for name in NAMES:
                del self.fields[name]

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day > today():
            raise forms.ValidationError(
                _("Choose today or an earlier day. Write later changes when they come.")
            )
        return day


def _of_student(student: Student) -> dict[str, Any]:
    identity = getattr(student, "identity", None)
    names = {name: getattr(identity, name) for name in NAMES} if identity else {}
    columns = ("version", "works_well", "birth_year", "sex", "school_form", "grade")
    return names | {name: getattr(student, name) for name in columns}


class GuardianForm(forms.ModelForm):
    """A guardian: how to talk, and whether to."""

    class Meta:
        model = Guardian
        fields = [
            "given_name",
            "family_name",
            "relation",
            "phone",
            "email",
            "language",
            "needs_interpreter",
            "how_to_reach",
            "not_to_be_contacted",
        ]
        widgets = {
            "relation": TileRadioSelect(),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        labels = {
            "given_name": _("Given name"),
            "family_name": _("Family name"),
            "relation": _("Relation to the pupil"),
            "phone": _("Phone"),
            "email": _("E-mail address"),
            "language": _("Language"),
            "needs_interpreter": _("Needs an interpreter"),
            "how_to_reach": _("How and when to reach"),
            "not_to_be_contacted": _("Is not to be contacted"),
        }
        help_texts = {
            "not_to_be_contacted": _("Then the guardian is shown nowhere as someone to ring or write to."),
            "how_to_reach": _("For example: sms first, after 16."),
        }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relation = self.fields["relation"]
        relation.choices = capitalised(GuardianRelation.choices)  # type: ignore[attr-defined]

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, by column."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or []}


class ProtectionForm(VersionedForm):
    """The level. Lowering it needs a reason."""

    level = forms.ChoiceField(
        label=_("Protection"), choices=capitalised(Protection.choices), widget=TileRadioSelect(wide=True)
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        widget=long_text(2),
        help_text=_("Needed when protection is lowered or taken away. Write no name here."),
    )
    name_me = forms.BooleanField(
        label=_("I need to be able to open the name"),
        required=False,
        initial=True,
        help_text=_("The assigned peer supporter always can. You may name others afterwards."),
    )

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        initial = {"version": student.version, "level": student.protection}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.before = student.protection
        if self.before != Protection.NONE:
            del self.fields["name_me"]

    @property
    def marks(self) -> bool:
        """Whether an unprotected pupil becomes protected."""
        return self.before == Protection.NONE and self.cleaned_data["level"] != Protection.NONE

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        level = data.get("level")
        if level == self.before:
            self.add_error("level", _("That is already the level. Choose another, or cancel."))
        if level and _is_lower(level, self.before) and not data.get("reason"):
            self.add_error("reason", _("Write why the protection is lowered, and who has decided it."))
        return data


def _is_lower(level: str, before: str) -> bool:
    """Local protection is the weakest, protected registration the strongest (DOMAIN §4)."""
    order = [Protection.NONE, Protection.LOCAL, Protection.MARKED, Protection.REGISTRATION]
    return order.index(Protection(level)) < order.index(Protection(before))


class NamedPersonForm(forms.Form):
    """A coordinator of the pupil's school, by UUID."""

    person = forms.ChoiceField(label=_("Who may open the name?"))

    def __init__(self, *args: Any, user: User, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = _coordinators_of(student, user)
        choices = [(str(person.public_id), person.name) for person in self.people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        uuid = self.cleaned_data["person"]
        return next(person for person in self.people if str(person.public_id) == uuid)


def _coordinators_of(student: Student, by: User) -> list[User]:
    """Those who coordinate the pupil's school today, by name."""
    memberships = (
        Membership.objects.visible_to(by)
        .holding_today()
        .filter(role=Role.COORDINATOR, organisation=by.acting.organisation_id)
        .select_related("user")
    )
    here = [one.user for one in memberships if one.school_id in {None, student.school_id}]
    return sorted(set(here), key=lambda person: (person.family_name, person.given_name, person.pk))
