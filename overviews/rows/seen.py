"""What the pages say of who sees what: groups of kinds, each with its readers, as texts."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst

from accounts.models import AccessLog, User
from overviews.page_words import page_word
from overviews.seen.kinds import Group, Kind
from overviews.seen.readers import ANYONE, SELF, WHO, WHO_WITH_YOU, Reader
from peersupport.lib.dates import short_moment
from peersupport.lib.pages import Page, keyset_page
from schools.models import Role

LATEST, KEY, KEY_ID = 5, ("-at", "-id"), "id"


def seen_groups(groups: Iterable[Group], role: str | None = None) -> list[dict[str, Any]]:
    """The groups with those kinds that people acting in `role` have; None: all."""
    found = [
        {
            "title": group.title,
            "key": group.key,
            "rows": [_row(kind, role) for kind in group.kinds if role is None or role in kind.of],
        }
        for group in groups
    ]
    return [group for group in found if group["rows"]]


def _row(kind: Kind, role: str | None) -> dict[str, Any]:
    order = list(WHO)
    found = [reader for reader in kind.readers if reader.role != SELF or reader.acting in {role, ANYONE}]
    is_said = any(reader.role == SELF for reader in found)
    readers = sorted(found, key=lambda reader: order.index(reader.role))
    return {
        "key": kind.key,
        "title": kind.title,
        "what": kind.what,
        "kept": kind.kept,
        "readers": [_reader(reader, is_you=reader.role == role and not is_said) for reader in readers],
    }


def _reader(reader: Reader, *, is_you: bool) -> dict[str, Any]:
    if reader.role == ANYONE:  # no role says who it is, but the limit does
        return {"who": capfirst(reader.limit), "limit": ""}
    if is_you and not reader.column and reader.role in WHO_WITH_YOU:
        return {"who": WHO_WITH_YOU[reader.role], "limit": reader.limit}
    return {"who": WHO[reader.role], "limit": reader.limit}


def opening_page(user: User, token: str | None, *, size: int) -> Page[AccessLog]:
    """Who has opened pages about `user`, the latest first, a keyset page of `size`."""
    openings = AccessLog.objects.about(user).with_people()
    return keyset_page(openings, token, size=size, key=KEY, token_field=KEY_ID)


def opening_rows(openings: Iterable[Any]) -> list[dict[str, str]]:
    """When, who, in which role, which page."""
    return [
        {
            "at": short_moment(opening.at),
            "person": opening.person or f"#{opening.user_id}",  # the user is gone; the number is what is left
            "role": str(dict(Role.choices).get(opening.role, "")),
            "page": page_word(opening.page),
        }
        for opening in openings
    ]
