"""Two corrections of the same contact: what differs, side by side, for templates/conflict.html."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxInput
from django.utils.translation import gettext as _

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
    differences, same = [], []
    for form, saved in zip(mine.all_forms(), theirs.all_forms(), strict=True):
        for own, other in zip(form, saved, strict=True):
            if _sent(own) == _sent(other):
                same.append((own.html_name, _sent(own)))
            else:
                differences.append(_difference(own, other, mine, theirs))
    return differences, same


def _difference(own: BoundField, other: BoundField, mine: ContactForms, theirs: ContactForms) -> Difference:
    return Difference(
        name=own.html_name,
        label=_label(own),
        mine=_sent(own),
        theirs=_sent(other),
        mine_text=_read(own, _kind(mine)),
        theirs_text=_read(other, _kind(theirs)),
    )


def _kind(forms: ContactForms) -> str:
    """The national kind that is chosen."""
    form = forms.occasion_form
    chosen = form.words.read(CONTACT_KIND, _sent(form["kind"]))
    return chosen.code if chosen else ""


def _sent(bound: BoundField) -> str:
    """What a browser would send for the field."""
    value: Any = bound.value()
    if isinstance(bound.field.widget, CheckboxInput):
        return "on" if value else ""
    shown = bound.field.widget.format_value(value)
    if isinstance(shown, list):  # radio buttons
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown).replace("\r\n", "\n")


def _read(bound: BoundField, kind: str) -> str:
    sent = _sent(bound)
    if isinstance(bound.field.widget, CheckboxInput):
        return _("Yes") if sent else _("No")
    if bound.name == "outcome" and (outcome := outcome_of(kind, sent)):
        return outcome_word(kind, outcome)
    if bound.name in {"kind", "mode", "length"}:
        return str(dict(getattr(bound.field, "choices", [])).get(sent, sent))
    return sent


def _label(bound: BoundField) -> str:
    form = bound.form
    if isinstance(form, PartForm):
        return f"{bound.label} · {form.pupil.student.called_name}"
    return str(bound.label)
