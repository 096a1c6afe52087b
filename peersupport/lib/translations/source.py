"""Judges the texts as they stand in the code: they are what English readers see."""

import re
from collections.abc import Iterable, Iterator

from peersupport.lib.translations.texts import Text

# Words of Swedish and Danish that no English sentence has; one of them gives a forgotten text away.
NOT_ENGLISH = re.compile(
    r"[åäöæø]|\b(och|att|inte|eller|som|av|hos|ska|din|ditt|elev|elever|skola|samordnare|ikke|og|hvis|til|af)\b",
    re.IGNORECASE,
)
QUOTED = re.compile("“[^”]*”")  # a name in a file of a Swedish authority


def problems(texts: Iterable[Text]) -> Iterator[str]:
    """Texts that are not in English, a line each."""
    for text in texts:
        words = QUOTED.sub("", f"{text.singular} {text.plural}")
        if found := NOT_ENGLISH.search(words):
            yield f"not English ({found[0]}): {text.singular!r} ({text.file})"
