"""A line of Ändringar."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is of, what it held before and after. `url`: of the contact or merge it is of."""

    what: str
    before: str
    after: str
    url: str = ""
    is_text: bool = False  # somebody's own words, on as many lines as they have
