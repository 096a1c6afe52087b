"""Names as Swedes sort and search them."""

import re
import unicodedata
from collections.abc import Iterator

# In C order å, ä and ö must follow z, in this order; the embedded server has no ICU to do it (docs/adr/0003).
SORT_AFTER_Z = str.maketrans("åäöæø", "{|}|}")
AS_A_AND_O = str.maketrans("åäöæø", "aaoao")


def sort_key(*parts: str) -> str:
    """Text that sorts `parts` in Swedish alphabetical order when compared byte by byte."""
    return " ".join(_plain(part).translate(SORT_AFTER_Z) for part in parts)[:200]


def search_key(*parts: str) -> str:
    """The words of `parts`, folded; å ä ö as letters and also as a and o; double names are split."""
    seen: dict[str, None] = {}
    for word in _words(parts):
        seen[word] = seen[word.translate(AS_A_AND_O)] = None
    return " ".join(seen)[:500]


def search_words(text: str) -> list[str]:
    """What someone typed, as the words to look for: folded, at most five, the longest first; one letter is no
    word.
    """
    words = [word for word in _words([text]) if len(word) > 1]
    return sorted(dict.fromkeys(words), key=len, reverse=True)[:5]


def _words(parts: tuple[str, ...] | list[str]) -> Iterator[str]:
    for part in parts:
        yield from re.findall(r"[^\W_]+", _plain(part))


def _plain(text: str) -> str:
    """Lower case without accents, but for the Nordic letters."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(letter if letter in "åäöæø" else _without_accent(letter) for letter in lowered)


def _without_accent(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
