"""What a text of the interface is. Apart from its extraction, which needs babel."""

from typing import NamedTuple


class Text(NamedTuple):
    """One text of the interface; two with the same singular and context are the same."""

    singular: str
    plural: str
    context: str | None
    file: str  # relative to the project, with forward slashes
