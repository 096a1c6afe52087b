"""Addresses in rows of long lists: one `reverse` for all of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

NOBODY = UUID(int=0)


def prefix(name: str, *more: Any) -> Callable[[Any], str]:
    """The address of page `name` as a function of the first UUID in its path; `more` are those after it.

    Asked anew for each page: addresses may depend on the language or the server's prefix.
    """
    before, after = reverse(name, args=[NOBODY, *more]).split(str(NOBODY))
    return lambda public_id: f"{before}{public_id}{after}"
