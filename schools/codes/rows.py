"""The code lists as an organisation sees them: what holds, what it leaves out, and what it has of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from peersupport.lib.dates import short_date
from schools.codes.lists import LISTS, Code, CodeList
from schools.codes.words import Words


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A value and the national code it counts as; `notes` say when it holds and whether it is offered."""

    label: str
    code: str
    notes: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ListRows:
    """A list with its values, each national one followed by the own ones that count as it."""

    title: str
    name: str
    version: date
    source: str
    rows: list[CodeRow]


def code_lists(words: Words) -> list[ListRows]:
    """Every list, as `words` has it."""
    return [
        ListRows(str(each.title), each.name, each.version, str(each.source), list(_rows(each, words)))
        for each in LISTS
    ]


def _rows(code_list: CodeList, words: Words) -> Iterator[CodeRow]:
    for known in code_list.codes:
        hidden = _("left out of our forms") if words.is_hidden(code_list, known.code) else ""
        notes = (*_days(known), str(known.source), hidden)
        yield CodeRow(capfirst(str(known.label)), known.code, _joined(*notes))
        for own in words.local:
            if (own.code_list, own.national_code) == (code_list.name, known.code):
                offered = "" if own.is_offered else _("no longer offered")
                counts = _("our own, counted as %(word)s") % {"word": known.label}
                yield CodeRow(own.label, known.code, _joined(counts, offered), is_own=True)


def _days(known: Code) -> Iterator[str]:
    if known.valid_from:
        yield _("from %(day)s") % {"day": short_date(known.valid_from)}
    if known.valid_to:
        yield _("to and including %(day)s") % {"day": short_date(known.valid_to)}


def _joined(*parts: str) -> str:
    return capfirst(", ".join(part for part in parts if part))
