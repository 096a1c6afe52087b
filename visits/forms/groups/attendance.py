"""Who came."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext

from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import ContactKind
from visits.forms.occasions import LengthField
from visits.models import ContactOutcome, GroupMember
from visits.words import OUTCOMES

CAME = (ContactOutcome.MET, ContactOutcome.NO_SHOW, ContactOutcome.STUDENT_CANCELLED)


def came_choices() -> list[tuple[str, Any]]:
    """What can be said of one pupil, in the words of the kind (WORDS.md)."""
    words = OUTCOMES[ContactKind.GROUP]
    return [(outcome.value, words[outcome]) for outcome in CAME]


class AttendanceForm(VersionForm):
    """One row of tiles for each pupil; one left out is not written about."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, members: Sequence[GroupMember], outcomes: Mapping[int, str], version: int
    ) -> None:
        """`outcomes`: what is written already, by student id; that stays chosen, or is chosen anew."""
        super().__init__(data, initial={"version": version or None})
        self._ids = {}
        for member in members:
            student = member.student
            name = f"came-{student.public_id}"
            before = outcomes.get(student.pk, "")
            self._ids[name] = student.public_id
            self.fields[name] = LengthField(
                label=student.called_name,
                choices=came_choices(),
                widget=TileRadioSelect,
                initial=before or None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in self._ids):
            raise forms.ValidationError(gettext("Say how it went with at least one pupil."))
        return cleaned

    def outcomes(self) -> dict[UUID, str]:
        """By the pupil's public id; those nothing is said about are left out."""
        return {key: self.cleaned_data[name] for name, key in self._ids.items() if self.cleaned_data[name]}
