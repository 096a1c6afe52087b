"""What is written once and never changed tells a change too: earlier notes, reasons of a status, merges."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from overviews.rows.changes.line import Line
from overviews.rows.changes.sources import MERGED, MOVED, NOTED, REASONED, UNMERGED
from overviews.rows.changes.words import NOTHING
from peersupport.lib.dates import short_date
from students.models import CaseEndReason


def _note(change: dict[str, Any]) -> Iterator[Line]:
    """The words before and after; an earlier text is as readable as the note was."""
    was, now = change["was"], change["now"]
    after = NOTHING if now["is_removed"] else now["text"] or NOTHING
    if was["text"] != after:
        yield Line("", was["text"], after, is_text=True)
        return
    alone, together = _("not written together"), _("written together")
    yield Line("", *((together, alone) if was["written_together"] else (alone, together)))


def _reasons(change: dict[str, Any]) -> Iterator[Line]:
    """Why a support period has the status it got, and until when that was to be."""
    now = change["now"]
    if now["end_reason"]:
        yield Line(_("why it ends"), NOTHING, str(CaseEndReason(now["end_reason"]).label))
        if now["until"]:
            yield Line(_("last day"), NOTHING, short_date(parse_date(now["until"])))  # type: ignore[arg-type]
    if now["reason"]:
        yield Line(_("reason"), NOTHING, now["reason"], is_text=True)


def _merged(change: dict[str, Any]) -> Iterator[Line]:
    words = _("%(pupil)s went into this one") % {"pupil": _alias(change)}
    yield Line(_("two records made one"), NOTHING, words)


def _unmerged(change: dict[str, Any]) -> Iterator[Line]:
    words = _("%(pupil)s is a pupil of their own again") % {"pupil": _alias(change)}
    yield Line(_("merge undone"), NOTHING, words)


def _moved(change: dict[str, Any]) -> Iterator[Line]:
    this, other = _("this pupil"), _("another pupil")
    before, after = (other, this) if change["now"]["is_here"] else (this, other)
    yield Line(_("moved, with all that belongs to it"), before, after)


def _alias(change: dict[str, Any]) -> str:
    return _("Pupil %(alias)s") % {"alias": change["now"]["alias"]}


# By what has been done.
TELL: dict[str, Callable[[dict[str, Any]], Iterator[Line]]] = {
    NOTED: _note,
    REASONED: _reasons,
    MERGED: _merged,
    UNMERGED: _unmerged,
    MOVED: _moved,
}
