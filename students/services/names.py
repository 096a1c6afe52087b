"""Names on their way into the database, with the keys they are sorted and searched by."""

from dataclasses import dataclass
from typing import Any

from peersupport.lib.names import search_key, search_words, sort_key


@dataclass(frozen=True, slots=True)
class Name:
    """A pupil's name; `called` is what the pupil is called every day, when that is something else."""

    given_name: str
    family_name: str
    called: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of `Identity` that follow from the name."""
        return {
            "given_name": self.given_name,
            "family_name": self.family_name,
            "called": self.called,
            "sort_key": sort_key(self.family_name, self.given_name),
            "search_key": search_key(self.given_name, self.called, self.family_name),
        }


def searches_for(given_name: str, family_name: str) -> list[list[str]]:
    """Pairs of one given and one family name, longest word first; at most four.

    A double name is often written as one of its halves, so each half is looked for by itself.
    """
    given, family = search_words(given_name)[:2], search_words(family_name)[:2]
    if not given or not family:
        words = given or family
        return [words] if words else []
    return [sorted([first, last], key=len, reverse=True) for first in given for last in family]
