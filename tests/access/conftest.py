"""Somebody of each role, signed in, and what they get."""

import pytest
from django.conf import settings
from django.test import Client

from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from tests.access.asking import FORM, HTMX, address
from tests.access_table import ACTORS, Page
from tests.peersupport.conftest import no_first_lock, world  # noqa: F401  the fixtures
from tests.peersupport.rights import undone
from tests.reauthentication import show_who_it_is


@pytest.fixture(scope="module")
def cookies(world) -> dict[str, str]:  # noqa: F811
    """actor → the session cookie of a browser signed in, and "actor shown" → of one that has just shown who it is.

    One more user per actor would be a world of its own."""
    signed_in = {}
    with owner():
        for user in world.users.values():
            user.set_password(PASSWORD)  # allauth asks for it again where it matters
            user.save(update_fields=["password"])
    for actor in ACTORS:
        client = Client()
        if actor != "anonymous":
            client.force_login(world.users[actor], settings.AUTHENTICATION_BACKENDS[0])
            signed_in[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
            again = Client()
            again.force_login(world.users[actor], settings.AUTHENTICATION_BACKENDS[0])
            # A day hence, as on a busy machine this module takes longer than that holds.
            show_who_it_is(again, world.users[actor], seconds_ago=-24 * 3600)
            signed_in[f"{actor} shown"] = again.cookies[settings.SESSION_COOKIE_NAME].value
    return signed_in


@pytest.fixture
def ask(world, cookies):  # noqa: F811
    """`ask(page, "coordinator", "POST", which="foreign", htmx=True)`; nothing of it is kept."""

    def asking(
        page: Page,
        actor: str,
        method: str,
        which: str = "",
        *,
        htmx: bool = False,
        has_shown: bool | None = None,
    ):
        client = Client(raise_request_exception=False)
        has_shown = page.is_sensitive if has_shown is None else has_shown
        if has_shown and f"{actor} shown" in cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookies[f"{actor} shown"]
        elif actor in cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookies[actor]
        url = address(world, page, which, actor)
        with undone():
            return client.generic(method, url, headers=HTMX if htmx else {}, **FORM)

    return asking
