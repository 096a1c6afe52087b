"""The rows of Ändringar: acts, each by somebody at some moment, with the fields it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.changes import words
from overviews.rows.changes.names import Names, names_for
from overviews.rows.changes.sources import NOTE
from peersupport.lib.dates import short_moment
from peersupport.lib.pages import MixedPage, keyset_page_of_all
from peersupport.lib.urls import prefix
from schools.models import Role
from students.models import Student

SIZE = 40
KEY = ("change_at", "change_id")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is of, what it held before and after. `url` leads to the contact it is of."""

    what: str
    before: str
    after: str
    url: str = ""
    is_text: bool = False  # somebody's own words, on as many lines as they have


@dataclass(frozen=True, slots=True)
class Act:
    """What one person changed at one moment."""

    when: str
    who: str
    role: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class About:
    """What the page is about: `main` is its own subject, whose name would stand in every line.

    `hides_schools`: of a protected pupil. `only`: the fields to tell of, None for all.
    `called` names the pupils of a contact with several.
    """

    main: str
    hides_schools: bool = False
    only: frozenset[str] | None = None
    called: dict[int, str] = field(default_factory=dict)


def load(sources: Sequence[Any], after: str | None) -> MixedPage:
    """The changes, newest first; those of one transaction follow each other."""
    return keyset_page_of_all(sources, after, size=SIZE, key=KEY)


def acts(changes: Sequence[dict[str, Any]], about: About, user: User) -> list[Act]:
    """The changes as acts, without those that have nothing to tell."""
    names = names_for(_wanted(changes), user)
    roles = {code: str(label) for code, label in Role.choices}
    told = []
    for (when, who, acted_as), group in groupby(changes, _when_and_who):
        lines = [line for change in group for line in _lines(change, about, names)]
        if lines:
            name = _("The system") if who is None else names.name(User, who)
            told.append(Act(when, name, roles.get(acted_as, ""), lines))
    return told


def _when_and_who(change: dict[str, Any]) -> tuple[str, int | None, str]:
    return short_moment(change["change_at"]), change["who"], change["acted_as"]


def _wanted(changes: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, int]]:
    for change in changes:
        if change["who"] is not None:
            yield User, change["who"]
        if change["subject"] == NOTE:
            continue
        for name in words.said_fields(change["subject"]):
            model = words.points_at(change["subject"], name)
            is_moved = model is not Student or name in change["was"]
            for held in (change["was"].get(name), change["now"].get(name)):
                if model is not None and held is not None and is_moved:
                    yield model, held


def _lines(change: dict[str, Any], about: About, names: Names) -> list[Line]:
    what = words.heading(change["subject"], change, names, is_main=change["subject"] == about.main)
    if called := about.called.get(change["now"].get("student")):
        what = f"{what} · {called}" if what else called
    url = prefix("overviews:contact_changes")(change["beside"]["contact"]) if change["beside"] else ""
    url = "" if about.main == "contact" else url
    if change["subject"] == NOTE:
        return [_note_line(change, what, url)]
    made = [
        line for name in words.said_fields(change["subject"]) for line in _field(change, name, about, names)
    ]
    if not made and change["act"] != "update" and about.only is None:
        made = [_whole(change)]
    return [_with_heading(line, what, url) for line in made]


def _with_heading(line: Line, what: str, url: str) -> Line:
    text = f"{what}: {line.what}" if what and line.what else what or capfirst(line.what)
    return Line(text, line.before, line.after, url)


def _note_line(change: dict[str, Any], what: str, url: str) -> Line:
    """The words before and after; an earlier text is as readable as the note was."""
    is_removed = change["now"]["is_removed"]
    after = words.NOTHING if is_removed else change["now"]["text"] or words.NOTHING
    before = change["was"]["text"]
    if before == after:  # only that it was written together
        yes, no = _("written together"), _("not written together")
        before, after = (yes, no) if change["was"]["written_together"] else (no, yes)
        return Line(what, before, after, url)
    return Line(what, before, after, url, is_text=True)


def _whole(change: dict[str, Any]) -> Line:
    """A row of which nothing is kept but that it came or went."""
    if change["act"] == "insert":
        return Line("", words.NOTHING, _("added"))
    return Line("", _("not kept"), _("taken away"))


def _field(change: dict[str, Any], name: str, about: About, names: Names) -> Iterator[Line]:
    subject, act, was, now = change["subject"], change["act"], change["was"], change["now"]
    if about.only is not None and name not in about.only:
        return
    label = words.field_word(subject, name)
    if act == "update":
        if name not in was:
            return
        if not words.is_kept(subject, name):
            yield Line(label, _("not kept"), _("changed"))
            return
        before, after = was[name], now[name]
    elif name == "student" or not words.is_kept(subject, name) or now[name] in words.UNTOLD:
        return
    else:
        before, after = (None, now[name]) if act == "insert" else (now[name], None)
    if about.hides_schools and words.tells_the_school(subject, name):
        yield Line(label, _("not shown"), _("not shown"))
        return
    told = [words.value_word(subject, name, value, names, change) for value in (before, after)]
    yield Line(label, *told)
