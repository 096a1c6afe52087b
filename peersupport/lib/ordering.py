"""Swedish alphabetical order of columns; `names.sort_key` does the same for text that is stored."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Lower

# In C order å, ä and ö must follow z, in this order; `lower` knows only ASCII there (docs/adr/0003).
LETTERS, IN_ORDER = "ÅÄÖÆØåäöæø", "{|}|}{|}|}"


class Translate(Func):
    """`translate(text, from, to)`: letter for letter."""

    function = "translate"
    output_field = TextField()


def swedish_order(*columns: str) -> Translate:
    """An expression that sorts by `columns`, one after the other, when compared byte by byte."""
    words: list[Value | F] = []
    for column in columns:
        words += [F(column), Value(" ")]
    return Translate(
        Lower(Concat(*words, Value(""), output_field=TextField())), Value(LETTERS), Value(IN_ORDER)
    )
