"""Two corrections of the same contact: what differs, side by side, for templates/conflict.html."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxInput, Form
from django.utils.translation import gettext as _

from peersupport.lib.forms import SeveralField
from schools.codes import CONTACT_KIND
from visits.forms.contacts import ContactForms, PartForm
from visits.words import outcome_of, outcome_word


@dataclass(frozen=True, slots=True)
class Difference:
    """A field as the conflict page shows it: what would be posted, and what is read."""

    name: str
    label: str
    mine: str
    theirs: str
    mine_text: str
    theirs_text: str


def compare(mine: ContactForms, theirs: ContactForms) -> tuple[list[Difference], list[tuple[str, str]]]:
    """The fields that differ, and name and value of those that do not. Both must be of the same pupils."""
    return compare_forms(mine.all_forms(), theirs.all_forms())


def compare_forms(
    mine: Sequence[Form], theirs: Sequence[Form]
) -> tuple[list[Difference], list[tuple[str, str]]]:
    """The same of forms one by one; the first of each is the occasion's."""
    kinds = _kind(mine[0]), _kind(theirs[0])
    differences, same = [], []
    for form, saved in zip(mine, theirs, strict=True):
        for own, other in zip(form, saved, strict=True):
            if _sent(own) == _sent(other):
                same.append((own.html_name, _sent(own)))
            else:
                differences.append(_difference(own, other, *kinds))
    return differences, same


def _difference(own: BoundField, other: BoundField, my_kind: str, their_kind: str) -> Difference:
    return Difference(
        name=own.html_name,
        label=_label(own),
        mine=_sent(own),
        theirs=_sent(other),
        mine_text=field_text(own, my_kind),
        theirs_text=field_text(other, their_kind),
    )


def _kind(form: Any) -> str:
    """The national kind that is chosen."""
    chosen = form.words.read(CONTACT_KIND, _sent(form["kind"]))
    return chosen.code if chosen else ""


def _sent(bound: BoundField) -> str:
    """What a browser would send for the field."""
    value: Any = bound.value()
    if isinstance(bound.field.widget, CheckboxInput):
        return "on" if value else ""
    if isinstance(bound.field, SeveralField):
        return ",".join(value or [])
    shown = bound.field.widget.format_value(value)
    if isinstance(shown, list):  # radio buttons
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown).replace("\r\n", "\n")


def field_text(bound: BoundField, kind: str) -> str:
    """What a filled field says, as one reads it; `kind`: the national kind of the contact."""
    sent = _sent(bound)
    if isinstance(bound.field.widget, CheckboxInput):
        return _("Yes") if sent else _("No")
    if bound.name == "outcome" and (outcome := outcome_of(kind, sent)):
        return outcome_word(kind, outcome)
    if isinstance(bound.field, SeveralField):
        words = dict(bound.field.choices)  # type: ignore[arg-type]
        return ", ".join(str(words.get(token, token)) for token in sent.split(",") if token)
    if bound.name in {"kind", "mode", "length"}:
        return str(dict(getattr(bound.field, "choices", [])).get(sent, sent))
    return sent


def _label(bound: BoundField) -> str:
    form = bound.form
    if isinstance(form, PartForm):
        return f"{bound.label} · {form.pupil.student.called_name}"
    return str(bound.label)
