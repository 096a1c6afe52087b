"""A page asked for as somebody: its address, and what its reader can tell apart in the answer."""

import re
import uuid

from django.urls import reverse

from tests.access_table import SCHOOL_COORDINATOR, ObjectPage, Page
from tests.access_table.pages import Kind

MISSING = uuid.UUID(int=47)
HTMX = {"HX-Request": "true"}
ASKED = (("GET", False), ("POST", False), ("GET", True), ("POST", True))
FORM = {"content_type": "application/x-www-form-urlencoded"}


def address(world, page: Page, which: str, actor: str) -> str:
    return reverse(page.name, args=arguments(world, page, which, actor)) + page.query


def arguments(world, page: Page, which: str, actor: str) -> list[object]:
    if not isinstance(page, ObjectPage):
        return list(page.arguments)
    is_of_second = "second" in which
    found = [row_id(world, page, page.of, "own" if is_of_second else which, actor)]
    if page.second:
        second = which.removesuffix(" second") if is_of_second else "own"
        found.append(row_id(world, page, page.second, second, actor))
    if page.beside:
        found.append(row_of(world, *page.beside).public_id)
    return found


def row_id(world, page: Page, kind: Kind, which: str, actor: str) -> object:
    is_admin = page.name.startswith("admin:")
    if which == "missing":
        return 999_999_999 if is_admin else MISSING
    name = getattr(kind, which)
    if which == "foreign" and actor == SCHOOL_COORDINATOR:
        name = kind.elsewhere
    row = row_of(world, kind.table, name)
    return row.pk if is_admin else row.public_id


def row_of(world, table: str, name: str):
    return world.users[name] if table == "accounts_user" else world[table, name]


TOKEN = re.compile(
    rb"""(csrfmiddlewaretoken"\s+value="|x-csrftoken(?:&quot;|"):\s*(?:&quot;|"))[A-Za-z0-9]{64}""", re.I
)


def masked(response) -> tuple[int, dict[str, str], bytes]:
    """What can be told apart by its reader: status, headers and body, but for the token that differs each time."""
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return response.status_code, headers, TOKEN.sub(rb"\1", response.content)


def why(response) -> str:
    failed = getattr(response, "exc_info", None)
    return f" ({failed[0].__name__}: {failed[1]})" if failed and response.status_code == 500 else ""
