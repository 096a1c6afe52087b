"""The form of a contact: what all its pupils share, and one part for each pupil."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.forms import SeveralField, VersionForm
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect, words_by_kind
from schools.codes import SUPPORT_PURPOSE, words_of
from visits import services
from visits.forms.occasions import OccasionForm
from visits.models import Contact, ContactNote, ContactOutcome, Participation, WithdrawalReason
from visits.services import LatePupil, Occasion, Part, Pupil
from visits.words import TRIED, answer_of, outcome_of, words_for

ANSWERS = [
    (ContactOutcome.MET.value, words_by_kind(words_for(ContactOutcome.MET), _("We met"))),
    (TRIED, words_by_kind(words_for(TRIED), _("Did not work out"))),
    (ContactOutcome.STUDENT_CANCELLED.value, _("The pupil did not want to today")),
    (ContactOutcome.WE_CANCELLED.value, _("We cancelled")),
    (ContactOutcome.MOVED.value, words_by_kind(words_for(ContactOutcome.MOVED), _("We changed the time"))),
]


class PartForm(forms.Form):
    """How it went with one pupil. Its field names carry the pupil's public id."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=ANSWERS,
        widget=TileRadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    written_together = forms.BooleanField(label=_("Written together with the pupil"), required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    pupils_words = forms.CharField(
        label=_("The pupil's own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the pupil wants to have written, as the pupil says it."),
    )
    purposes = SeveralField(label=_("Purposes"), widget=TileCheckboxSelectMultiple(wide=True))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        pupil: Pupil,
        user: User,
        initial: Mapping[str, Any] | None = None,
        before: Participation | None = None,
    ) -> None:
        """`before`: the part that is being corrected. A new one starts with the support's one purpose."""
        self.pupil, self.words = pupil, words_of(user.acting)
        values = {"purposes": [] if before else self.usual_purposes} | dict(initial or {})
        super().__init__(data, prefix=str(pupil.student.public_id), initial=values)
        kept = services.purposes_of(before, user) if before else ()
        offered = self.words.choices(SUPPORT_PURPOSE, [*kept, *pupil.case_purposes])
        self.fields["purposes"].choices = offered  # type: ignore[attr-defined]

    @property
    def usual_purposes(self) -> list[str]:
        """The one purpose of the support; of several nobody but the writer knows which it was."""
        usual = self.pupil.case_purposes
        return self.words.tokens(SUPPORT_PURPOSE, usual) if len(usual) == 1 else []

    @property
    def is_more_open(self) -> bool:
        """Whether what lies under the details says something of its own, or is wrong."""
        chosen = set(self["purposes"].value() or [])
        has_own = bool(self["pupils_words"].value()) or chosen != set(self.usual_purposes)
        return has_own or bool(self["pupils_words"].errors or self["purposes"].errors)

    @staticmethod
    def values_of(participation: Participation, note: ContactNote | None, user: User) -> dict[str, Any]:
        """What the form of a saved participation starts with."""
        words = words_of(user.acting)
        purposes = services.purposes_of(participation, user)
        return {
            "pupils_words": note.pupils_words if note else "",
            "purposes": words.tokens(SUPPORT_PURPOSE, purposes),
            "outcome": answer_of(participation.outcome),
            "next_step": participation.next_step,
            "note": note.text if note else "",
            "written_together": note.written_together if note else False,
        }

    def check_kind(self, kind: str) -> None:
        """Turn the answer into the kind's outcome, or say that the kind has none such."""
        outcome = outcome_of(kind, self.cleaned_data.get("outcome", ""))
        if outcome is None and not self.has_error("outcome"):
            self.add_error("outcome", _("Fits only a contact with the pupil. Choose another answer."))
        self.cleaned_data["outcome_of_kind"] = outcome

    def part(self) -> Part:
        cleaned = self.cleaned_data
        return Part(
            self.pupil,
            cleaned["outcome_of_kind"],
            cleaned["next_step"],
            cleaned["note"].strip(),
            cleaned["written_together"],
            pupils_words=cleaned["pupils_words"].strip(),
            purposes=tuple(self.words.read_all(SUPPORT_PURPOSE, cleaned["purposes"])),
        )


class ContactForms:
    """The occasion's form and the pupils' forms, checked together."""

    def __init__(
        self,
        pupils: Sequence[Pupil],
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        initial: Mapping[str, Any] | None = None,
        initial_parts: Sequence[Mapping[str, Any]] = (),
        before: Contact | None = None,
        parts_before: Sequence[Participation | None] = (),
    ) -> None:
        self.occasion_form = OccasionForm(data, user=user, initial=initial, before=before)
        starts = initial_parts or [{}] * len(pupils)
        befores = parts_before or [None] * len(pupils)
        self.part_forms = [
            PartForm(data, initial=start, pupil=pupil, user=user, before=part)
            for pupil, start, part in zip(pupils, starts, befores, strict=True)
        ]

    @classmethod
    def unchecked(cls, pupils: Sequence[Pupil], data: Mapping[str, Any], *, user: User) -> "ContactForms":
        """With all that was typed and no errors: for adding a pupil half-way."""
        empty = cls(pupils, user=user)
        parts = [_typed(form, data) for form in empty.part_forms]
        return cls(pupils, user=user, initial=_typed(empty.occasion_form, data), initial_parts=parts)

    def is_valid(self) -> bool:
        all_valid = all([form.is_valid() for form in self.all_forms()])
        if kind := self.occasion_form.kind_code:
            for form in self.part_forms:
                form.check_kind(kind)
        if self._is_after_the_end() and not self.occasion_form.has_error("on"):
            self.occasion_form.add_error("on", _("You did not have this pupil then. Check date and time."))
        answers = [form.cleaned_data.get("outcome") for form in self.part_forms]
        self.occasion_form.check_length(was_held=ContactOutcome.MET in answers)
        return all_valid and all(form.is_valid() for form in self.all_forms())

    def _is_after_the_end(self) -> bool:
        """Of an assignment that has ended, or before it began."""
        pupils = [form.pupil for form in self.part_forms]
        return any(isinstance(pupil, LatePupil) and not pupil.held for pupil in pupils)

    def occasion(self) -> Occasion:
        return self.occasion_form.occasion()

    def parts(self) -> list[Part]:
        return [form.part() for form in self.part_forms]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(anchor, field's name, what is wrong) of every error, in the page's order."""
        return problems_of(*self.all_forms())

    def all_forms(self) -> list[forms.Form]:
        """The occasion's form, then the pupils'."""
        return [self.occasion_form, *self.part_forms]


def problems_of(*all_forms: forms.Form) -> list[tuple[str, str, str]]:
    """(anchor, field's name, what is wrong) of every error."""
    return [
        (bound.auto_id, str(bound.label), str(error))
        for form in all_forms
        for bound in form.visible_fields()
        for error in bound.errors
    ]


def _typed(form: forms.Form, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }


class WithdrawForm(VersionForm):
    """Why a contact is withdrawn: one of a few reasons, and own words where none fits."""

    reason = forms.ChoiceField(
        label=_("Why is it withdrawn?"),
        choices=WithdrawalReason,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why it is withdrawn.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No names and no health details."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == WithdrawalReason.OTHER and len(data.get("words", "")) < 3:
            self.add_error("words", _("Write a few words about why."))
        return data
