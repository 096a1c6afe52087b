"""Whose the drafts in a phone are (docs/adr/0028)."""

from hashlib import sha256
from typing import Any


def owner_of_drafts(user: Any) -> str:
    """A word for the user in the role acted in, as drafts carry it: no name, no id, the same at each sign-in.

    Not by a key of the server: a new one would orphan what has not been sent yet.
    """
    return sha256(f"{user.public_id}:{user.acting.membership_id}".encode()).hexdigest()[:32]
