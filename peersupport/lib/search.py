"""Finding rows by words in some of their columns, by one trigram index over all of them."""

from typing import Any, TypeVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import F
from django.db.models.functions import Concat, Lower

Rows = TypeVar("Rows", bound="QuerySet[Any]")
# `lower` knows only ASCII in the C collation (docs/adr/0003), so both cases are named here.
LETTERS, FOLDED = "ÅÄÆÖØÉÜåäæöøéü", "aaaooeuaaaooeu"
SHORTEST_INSIDE = 3  # letters; fewer make no trigram, so they must begin a word
MOST_WORDS = 5


def folded(*columns: str) -> Func:
    """The columns as one text with a space before and after each: lower case, å and ä as a, ö as o."""
    words: list[Value | F] = [Value(" ")]
    for column in columns:
        words += [F(column), Value(" ")]
    text = Lower(Concat(*words, output_field=TextField()))
    return Func(text, Value(LETTERS), Value(FOLDED), function="translate", output_field=TextField())


def trigram_index(name: str, *columns: str) -> GinIndex:
    """The index that `with_words` reads, for the model's Meta."""
    return GinIndex(OpClass(folded(*columns), name="gin_trgm_ops"), name=name)


def words_in(text: str) -> list[str]:
    """What someone typed as the words to look for, folded as `folded` does; at most five."""
    plain = text.lower().translate(str.maketrans(LETTERS, FOLDED))
    return plain.replace("\0", "").split()[:MOST_WORDS]


def with_words(rows: Rows, text: str, *columns: str) -> Rows:
    """Of `rows`, those with every word of `text` in one of the columns; a short one where a word begins."""
    found = Q()
    for word in words_in(text):
        found &= Q(folded_words__contains=word if len(word) >= SHORTEST_INSIDE else f" {word}")
    return rows.alias(folded_words=folded(*columns)).filter(found) if found else rows
