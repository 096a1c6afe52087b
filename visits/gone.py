"""What was written about pupils whom the writer has no more, found when the contact is saved (ADR 28)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import CheckboxInput
from django.http import QueryDict

from accounts.models import User
from schools.codes import CONTACT_KIND, words_of
from visits import services
from visits.conflicts import field_text
from visits.forms import PartForm


@dataclass(frozen=True, slots=True)
class Gone:
    """One such pupil: an id that tells nothing, what was written as it is read, and as it was sent."""

    public_id: UUID
    said: list[tuple[str, str]]
    entries: list[tuple[str, str]]


def gone_parts(data: QueryDict, missing: Collection[UUID], user: User) -> list[Gone]:
    """The parts in `data` of the pupils `missing`. Nothing is looked up: the writer's own words come back."""
    chosen = words_of(user.acting).read(CONTACT_KIND, data.get("kind", ""))
    kind = chosen.code if chosen else ""
    return [
        Gone(
            public_id,
            said=list(_said(PartForm(data, pupil=services.nobody(public_id), user=user), kind)),
            entries=[
                (name, value)
                for name in data
                if name.startswith(f"{public_id}-")
                for value in data.getlist(name)
            ],
        )
        for public_id in sorted(missing)
    ]


def _said(form: PartForm, kind: str) -> Iterator[tuple[str, str]]:
    for bound in form:
        field: Any = bound.field
        is_empty = isinstance(field.widget, CheckboxInput) and not bound.value()
        if not is_empty and (text := field_text(bound, kind)):
            yield str(bound.label), text
