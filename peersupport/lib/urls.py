"""Addresses in rows of long lists: one `reverse` for all of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

NOBODY = UUID(int=0)


def prefix(name: str) -> Callable[[Any], str]:
    """The address of page `name` as a function of the one UUID in its path.

    Asked anew for each page: addresses may depend on the language or the server's prefix.
    """
    before, after = reverse(name, args=[NOBODY]).split(str(NOBODY))
    return lambda public_id: f"{before}{public_id}{after}"
