"""What one change says: a line for each field, with what it held before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from overviews.rows.changes import logs, words
from overviews.rows.changes.line import Line
from overviews.rows.changes.names import Names

INSERT, UPDATE = "insert", "update"


@dataclass(frozen=True, slots=True)
class About:
    """What the page is about: its own subjects, whose names would stand in every line.

    `hides_schools`: of a protected pupil. `only`: the fields to tell of, None for all. `called` names the
    pupils of a contact with several.
    """

    subjects: tuple[str, ...]
    hides_schools: bool = False
    only: frozenset[str] | None = None
    called: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells changes on one page, about something, with the names that its reader may see."""

    about: About
    names: Names

    def lines(self, change: dict[str, Any]) -> list[Line]:
        """What `change` says; nothing when all of it is said elsewhere."""
        what, url = self._heading(change), self._url(change)
        return [
            Line(_joined(what, line.what), line.before, line.after, url, is_text=line.is_text)
            for line in self._told(change)
        ]

    def _told(self, change: dict[str, Any]) -> list[Line]:
        if (tell := logs.TELL.get(change["act"])) is not None:
            return list(tell(change))
        said = words.said_fields(change["subject"])
        made = [line for name in said for line in self._field(change, name)]
        if not made and change["act"] != UPDATE and self.about.only is None:
            return [_whole(change)]
        return made

    def _heading(self, change: dict[str, Any]) -> str:
        is_of_contact = "contact" in self.about.subjects
        what = ""
        if self._names_it(change):
            what = words.subject_word(change, self.names, with_time=not is_of_contact)
        called = self.about.called.get(change["now"].get("student"), "")
        return " · ".join(part for part in (what, called) if part)

    def _url(self, change: dict[str, Any]) -> str:
        """Of the merge or contact that it is of, but on the contact's own page."""
        merge, contact = change["beside"].get("merge"), change["beside"].get("contact")
        if merge:
            return reverse("students:merge_detail", args=[merge])
        is_elsewhere = contact and "contact" not in self.about.subjects
        return reverse("overviews:contact_changes", args=[contact]) if is_elsewhere else ""

    def _field(self, change: dict[str, Any], name: str) -> Iterator[Line]:
        """The line of a field; none when it has not changed or is not to be told."""
        subject = change["subject"]
        if self.about.only is not None and name not in self.about.only:
            return
        # Of a new row the heading says it already.
        if words.NAMED_BY.get(subject) == name and change["act"] != UPDATE and self._names_it(change):
            return
        label = words.field_word(subject, name)
        if change["act"] == UPDATE and name in change["was"] and not words.is_kept(subject, name):
            yield Line(label, _("not kept"), _("changed"))
        elif (held := _held(change, name)) is None:
            return
        else:
            before, after = (self._value(change, name, value) for value in held)
            yield Line(label, before, after)

    def _value(self, change: dict[str, Any], name: str, value: Any) -> str:
        is_hidden = self.about.hides_schools and words.tells_the_school(change["subject"], name)
        if is_hidden and value is not None:
            return _("not shown")
        return words.value_word(change, name, value, self.names)

    def _names_it(self, change: dict[str, Any]) -> bool:
        """Whether the heading says which one it is; on a page about it there is no heading."""
        return change["subject"] not in self.about.subjects


def _held(change: dict[str, Any], name: str) -> tuple[Any, Any] | None:
    """What the field held before and after; None when there is nothing to tell."""
    was, now = change["was"], change["now"]
    if change["act"] == UPDATE:
        return (was[name], now[name]) if name in was else None
    # Whose a new row is goes without saying.
    if name == "student" or name not in now or not words.is_told(name, now[name]):
        return None
    return (None, now[name]) if change["act"] == INSERT else (now[name], None)


def _joined(what: str, field_word: str) -> str:
    return f"{what}: {field_word}" if what and field_word else what or capfirst(field_word)


def _whole(change: dict[str, Any]) -> Line:
    """A row of which nothing is kept but that it came or went."""
    if change["act"] == INSERT:
        return Line("", words.NOTHING, _("added"))
    return Line("", _("not kept"), _("taken away"))
