"""The form of a contact: what all its pupils share, and one part for each pupil."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.dates import NoSuchTime, moment_at
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect, words_by_kind
from schools.codes import CONTACT_KIND, CONTACT_MODE, Chosen, ContactKind, words_of
from visits import services
from visits.models import (
    Booking,
    Contact,
    ContactNote,
    ContactOutcome,
    Participation,
    WithdrawalReason,
)
from visits.services import LatePupil, Occasion, Part, Pupil
from visits.words import TRIED, answer_of, outcome_of, words_for

OTHER_LENGTH = "other"
# With soft hyphens where they are long: a tile is narrow on a phone.
TILE_WORDS = {
    ContactKind.GUARDIAN_CONTACT.value: pgettext_lazy("tile", "Guardian"),
    ContactKind.STAFF_CONTACT.value: pgettext_lazy("tile", "School staff"),
}
LENGTHS = [("30", _("30 min")), ("60", _("60 min")), (OTHER_LENGTH, _("Another length"))]
ANSWERS = [
    (ContactOutcome.MET.value, words_by_kind(words_for(ContactOutcome.MET), _("We met"))),
    (TRIED, words_by_kind(words_for(TRIED), _("Did not work out"))),
    (ContactOutcome.STUDENT_CANCELLED.value, _("The pupil did not want to today")),
    (ContactOutcome.WE_CANCELLED.value, _("We cancelled")),
]
TWELVE_HOURS = 12 * 60


class LengthField(forms.ChoiceField):
    """Not said to be optional, and yet it may be left: a closed door takes no minutes."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class OccasionForm(forms.Form):
    """What, how long, when and where."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=TileRadioSelect,
        error_messages={"required": _("Choose what it was.")},
    )
    length = LengthField(label=_("How long?"), choices=LENGTHS, widget=TileRadioSelect)
    minutes = forms.IntegerField(
        label=_("Number of minutes"),
        required=False,
        min_value=0,
        max_value=TWELVE_HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "max_value": _("At most 720 minutes, which is twelve hours."),
            "min_value": _("Write 0 or more minutes."),
            "invalid": _("Write the minutes in digits, for example 45."),
        },
    )
    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the date."),
            "invalid": _("Write the date as year-month-day, for example 2026-11-24."),
        },
    )
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the time."),
            "invalid": _("Write the time as hours and minutes, for example 14:30."),
        },
    )
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)
    mode = forms.ChoiceField(
        label=_("In which way?"),
        required=False,
        help_text=_("Only if it was another way than usual, such as a video call."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        initial: Mapping[str, Any] | None = None,
        before: Contact | None = None,
    ) -> None:
        """`before`: the contact that is being corrected; its own moment is accepted however old it is, and
        its kind and way are offered also where the organisation has left them out since.
        """
        super().__init__(data, initial=dict(initial or {}))
        self.before, self.words = before, words_of(user.acting)
        kinds = self.words.choices(
            CONTACT_KIND, [Chosen(before.kind, before.local_kind_id)] if before else ()
        )
        modes = self.words.choices(
            CONTACT_MODE, [Chosen(before.mode, before.local_mode_id)] if before else ()
        )
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (token, TILE_WORDS.get(token, word)) for token, word in kinds
        ]
        self.fields["mode"].choices = [("", _("As usual")), *modes]  # type: ignore[attr-defined]

    @staticmethod
    def values_now(kind: str = "") -> dict[str, Any]:
        """What a new form starts with."""
        now = timezone.localtime().replace(second=0, microsecond=0)
        return {"on": now.date(), "at": now.time(), "kind": kind if kind in ContactKind.values else None}

    @staticmethod
    def values_of_booking(booking: Booking) -> dict[str, Any]:
        """What the form of a booked contact starts with; one that has not begun is logged as of now."""
        local = timezone.localtime(min(booking.starts_at, timezone.now()))
        return OccasionForm.length_values(booking.minutes) | {
            "kind": booking.kind,
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "place": booking.place,
        }

    @staticmethod
    def length_values(minutes: int) -> dict[str, Any]:
        """A length as the tiles and the field for another one say it."""
        is_tile = str(minutes) in dict(LENGTHS)
        return {
            "length": str(minutes) if is_tile else OTHER_LENGTH,
            "minutes": None if is_tile else minutes,
        }

    @staticmethod
    def values_of(contact: Contact, user: User) -> dict[str, Any]:
        """What the form of a saved contact starts with."""
        words = words_of(user.acting)
        local = timezone.localtime(contact.occurred_at)
        is_usual = contact.local_mode_id is None and contact.mode == services.usual_mode(contact.kind)
        return OccasionForm.length_values(contact.minutes) | {
            "kind": words.token(CONTACT_KIND, contact.kind, contact.local_kind_id),
            "mode": "" if is_usual else words.token(CONTACT_MODE, contact.mode, contact.local_mode_id),
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "place": contact.place,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("on") and cleaned.get("at") is not None:
            try:
                cleaned["occurred_at"] = self._moment(cleaned["on"], cleaned["at"])
            except ValidationError as error:
                self.add_error("on", error)
        return cleaned

    def _moment(self, day: date, clock_time: time) -> datetime:
        """The moment by the clock in Stockholm, if a contact may be logged then."""
        try:
            moment = moment_at(day, clock_time)
        except NoSuchTime:
            raise ValidationError(
                _("This time did not exist: the clock was set forward that night. Choose another.")
            ) from None
        if self.before and moment == self.before.occurred_at.replace(second=0, microsecond=0):
            return self.before.occurred_at
        try:
            services.check_moment(moment)
        except services.InTheFuture:
            raise ValidationError(_("This time has not come yet. Write when it was.")) from None
        except services.TooLongAgo:
            raise ValidationError(
                _("More than 60 days ago. Ask your coordinator whether it should be written down anyway.")
            ) from None
        return moment

    def check_length(self, *, was_held: bool) -> None:
        """Fill in `minutes`, or say what is missing. A try without a length is 0 minutes."""
        length, minutes = self.cleaned_data.get("length"), self.cleaned_data.get("minutes")
        if length and length != OTHER_LENGTH:
            self.cleaned_data["minutes"] = int(length)
        elif minutes is None and not self.has_error("minutes"):
            if was_held or length == OTHER_LENGTH:
                field = "minutes" if length == OTHER_LENGTH else "length"
                self.add_error(field, _("Write how many minutes it took."))
            else:
                self.cleaned_data["minutes"] = 0

    @property
    def kind_code(self) -> str:
        """The national kind of what was chosen, or "" when nothing was."""
        chosen = self.words.read(CONTACT_KIND, self.cleaned_data.get("kind", ""))
        return chosen.code if chosen else ""

    def occasion(self) -> Occasion:
        cleaned = self.cleaned_data
        kind = self.words.read(CONTACT_KIND, cleaned["kind"]) or Chosen(cleaned["kind"])
        return Occasion(
            kind.code,
            cleaned["occurred_at"],
            cleaned["minutes"],
            cleaned["place"],
            local_kind=kind.local_id,
            mode=self.words.read(CONTACT_MODE, cleaned["mode"]),
        )


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

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, pupil: Pupil, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=str(pupil.student.public_id), initial=dict(initial or {}))
        self.pupil = pupil

    @staticmethod
    def values_of(participation: Participation, note: ContactNote | None) -> dict[str, Any]:
        """What the form of a saved participation starts with."""
        return {
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
    ) -> None:
        self.occasion_form = OccasionForm(data, user=user, initial=initial, before=before)
        starts = initial_parts or [{}] * len(pupils)
        self.part_forms = [
            PartForm(data, initial=start, pupil=pupil) for pupil, start in zip(pupils, starts, strict=True)
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
        return [
            (bound.auto_id, str(bound.label), str(error))
            for form in self.all_forms()
            for bound in form.visible_fields()
            for error in bound.errors
        ]

    def all_forms(self) -> list[forms.Form]:
        """The occasion's form, then the pupils'."""
        return [self.occasion_form, *self.part_forms]


def _typed(form: forms.Form, data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data.get(form.add_prefix(name)) for name in form.fields}


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
