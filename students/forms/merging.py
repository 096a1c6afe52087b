"""Two records of one pupil: whose words stand, field by field."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peersupport.lib.dates import day_of, short_date
from peersupport.lib.widgets import TileRadioSelect
from students.forms.fields import KeyedForm
from students.models import Case, Student
from students.services import Comparison, Pair
from students.words import support_word

KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"
CHOICES = ("name", "called", "birth_year", "sex", "school", "grade", "works_well", "whereabouts", "case")


class MergeForm(KeyedForm):
    """A choice for each field in which the two differ; the others need none.

    Whose address and phone: only whether there is one is known, for nobody sees them here.
    """

    kept_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    absorbed_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, *args: Any, pair: Pair, comparison: Comparison, shows_school: bool, **kwargs: Any
    ) -> None:
        versions = {"kept_version": pair.kept.version, "absorbed_version": pair.absorbed.version}
        super().__init__(*args, **{"initial": versions} | kwargs)
        for name, (label, values) in _differing(pair, comparison, shows_school).items():
            self.fields[name] = _choice(
                label, values, has_both=name == "works_well", is_long=name in {"works_well", "case"}
            )
        self.same = _same(pair, set(self.fields), shows_school)

    @property
    def choices(self) -> dict[str, str]:
        """Field → whose words stand, of those that were asked."""
        return {name: self.cleaned_data[name] for name in CHOICES if name in self.cleaned_data}

    @property
    def chosen_words(self) -> list[tuple[str, str]]:
        """(label, words) as they will stand."""
        fields: dict[str, Any] = {name: self.fields[name] for name in CHOICES if name in self.fields}
        return [
            (str(field.label), str(dict(field.choices)[self.cleaned_data[name]]))
            for name, field in fields.items()
        ]


def _choice(label: str, values: tuple[str, str], *, has_both: bool, is_long: bool) -> forms.ChoiceField:
    choices = [(KEPT, values[0] or _("Nothing")), (ABSORBED, values[1] or _("Nothing"))]
    if has_both and all(values):
        choices.append((BOTH, _("Both")))
    # What is filled in goes before what is not.
    initial = ABSORBED if values[1] and not values[0] else KEPT
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        widget=TileRadioSelect(wide=is_long),
        error_messages={"required": gettext_lazy("Choose what will stand.")},
    )


def _differing(
    pair: Pair, comparison: Comparison, shows_school: bool
) -> dict[str, tuple[str, tuple[str, str]]]:
    both = _facts(pair.kept, shows_school), _facts(pair.absorbed, shows_school)
    found = {name: (label, (words, both[1][name][1])) for name, (label, words) in both[0].items()}
    found = {name: each for name, each in found.items() if each[1][0] != each[1][1]}
    if comparison.has_whereabouts[1] and pair.kept.is_protected == pair.absorbed.is_protected:
        words = [_("There is one") if has else "" for has in comparison.has_whereabouts]
        found["whereabouts"] = (_("Address and phone"), (words[0], words[1]))
    if comparison.both_supported:
        found["case"] = (_("Support period that goes on"), _periods(comparison))
    return found


def _facts(student: Student, shows_school: bool) -> dict[str, tuple[str, str]]:
    """Label and words of each field; of a protected pupil the name is the alias."""
    identity = getattr(student, "identity", None)
    facts = {
        "name": (_("Name"), student.name),
        "called": (_("Known as"), identity.called if identity else ""),
        "birth_year": (_("Year of birth"), str(student.birth_year or "")),
        "sex": (_("Legal sex"), capfirst(str(student.get_sex_display()))),
        "school": (_("School"), student.school.name),
        "grade": (_("Grade"), capfirst(student.grade_label)),
        "works_well": (_("This works"), student.works_well),
    }
    if not shows_school:
        del facts["school"], facts["grade"]
    return facts


def _same(pair: Pair, asked: set[str], shows_school: bool) -> list[tuple[str, str]]:
    facts = _facts(pair.kept, shows_school)
    return [each for name, each in facts.items() if name not in asked and each[1]]


def _periods(comparison: Comparison) -> tuple[str, str]:
    words = [
        _period(case, supporter) for case, supporter in zip(comparison.cases, comparison.mains, strict=True)
    ]
    return words[0], words[1]


def _period(case: Case | None, supporter: Any) -> str:
    if case is None:
        return ""
    since = _("since %(day)s") % {"day": short_date(day_of(case.opened_at))}
    word = support_word(case.status, has_supporter=supporter is not None)
    return ", ".join([since, word, *([supporter.user.name] if supporter else [])])
