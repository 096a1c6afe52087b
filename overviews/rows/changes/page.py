"""The rows of Ändringar: acts, each by somebody at some moment, with the fields it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.changes import logs, words
from overviews.rows.changes.line import Line
from overviews.rows.changes.lines import About, Teller
from overviews.rows.changes.names import OTHERS, names_for
from peersupport.lib.dates import short_moment
from peersupport.lib.pages import MixedPage, keyset_page_of_all
from schools.models import Role
from students.models import Student

SIZE = 40
KEY = ("change_at", "change_id")


@dataclass(frozen=True, slots=True)
class Act:
    """What one person changed within one minute; `role` is empty where none is known."""

    when: str
    who: str
    role: str
    lines: list[Line]


def load(sources: Sequence[Any], after: str | None) -> MixedPage:
    """The changes, the newest first."""
    return keyset_page_of_all(sources, after, size=SIZE, key=KEY)


def acts(changes: Sequence[dict[str, Any]], about: About, user: User) -> list[Act]:
    """The changes as acts, without those that have nothing to tell."""
    names = names_for(_wanted(changes), user)
    teller = Teller(about, names)
    roles = {code: str(label) for code, label in Role.choices}
    told = []
    for (when, who, acted_as), group in groupby(changes, _when_and_who):
        lines = [line for change in group for line in teller.lines(change)]
        if lines:
            name = _("The system") if who is None else names.name(User, who)
            told.append(Act(when, name, roles.get(acted_as, ""), lines))
    return told


def _when_and_who(change: dict[str, Any]) -> tuple[str, int | None, str]:
    return short_moment(change["change_at"]), change["who"], change["acted_as"]


def _wanted(changes: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, int]]:
    """The rows whose names the page will say."""
    for change in changes:
        if change["who"] is not None:
            yield User, change["who"]
        if change["act"] not in logs.TELL:
            yield from _named_in(change)


def _named_in(change: dict[str, Any]) -> Iterator[tuple[Any, int]]:
    for name in words.said_fields(change["subject"]):
        model = words.points_at(change["subject"], name)
        if model not in OTHERS or (model is Student and name not in change["was"]):
            continue
        for held in (change["was"].get(name), change["now"].get(name)):
            if held is not None:
                yield model, held
