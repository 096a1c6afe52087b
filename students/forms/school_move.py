"""A change of school, and the answer of a coordinator of the new one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import SCHOOL_FORM, words_of
from schools.models import School
from students.forms.fields import DayField, GradeField, KeyedForm, SchoolField, grades, long_text
from students.models import Student

OUTSIDE = "outside"
GOES_ON, ENDS = "goes_on", "ends"


class SchoolChangeForm(KeyedForm):
    """Where to, in which grade, from which day, and whether the support goes on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    where = forms.ChoiceField(
        label=_("Where does the pupil go?"),
        choices=[("here", _("To another school of ours")), (OUTSIDE, _("To a school outside"))],
        widget=TileRadioSelect(wide=True),
        initial="here",
    )
    school = SchoolField(label=_("New school"))
    left_for = forms.CharField(
        label=_("Name of the school"),
        max_length=120,
        required=False,
        help_text=_("Only for a school outside, if you know it."),
    )
    school_form = forms.ChoiceField(label=_("School form"))
    grade = GradeField()
    valid_from = DayField(
        label=_("First day at the new school"),
        initial=today,
        help_text=_("Today, an earlier day, or a day to come."),
    )
    support = forms.ChoiceField(
        label=_("What happens with the peer supporter?"),
        choices=[(GOES_ON, _("Goes on with the pupil")), (ENDS, _("Ends that day"))],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose whether the support goes on.")},
    )

    def __init__(self, *args: Any, user: User, student: Student, has_support: bool, **kwargs: Any) -> None:
        initial = {name: getattr(student, name) for name in ("version", "school_form", "grade")}
        super().__init__(*args, **{"initial": initial} | kwargs)
        schools = School.objects.of_organisation(user).open().by_name()
        if student.left_on is None:
            schools = schools.exclude(pk=student.school_id)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        offered = words_of(user.acting).national_choices(SCHOOL_FORM, {student.school_form})
        self.fields["school_form"].choices = offered  # type: ignore[attr-defined]
        self.fields["grade"].choices = grades(keep=student.grade)  # type: ignore[attr-defined]
        self.fields["school"].required = self.data.get("where") != OUTSIDE
        if not has_support:
            del self.fields["support"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("where") == OUTSIDE:
            data["school"] = None
        return data

    @property
    def ends_support(self) -> bool:
        return bool(self.cleaned_data.get("support") == ENDS)


class SchoolMoveAnswerForm(forms.Form):
    """Yes or no to a pupil from a school one does not see."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("Receive the pupil")), ("decline", _("Decline"))],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose an answer.")},
    )
    answer = forms.CharField(
        label=_("Why not?"),
        max_length=300,
        required=False,
        widget=long_text(2),
        help_text=_("Whoever asked reads it. Needed only when you decline."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("answer"):
            self.add_error("answer", _("Write why, so that the other coordinator knows what to do."))
        return data
