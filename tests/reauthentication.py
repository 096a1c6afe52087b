"""Signed in is not enough where roles change: tests show, as people do, that it is them."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from accounts.models import User


def shown(user: User, seconds_ago: int = 0) -> dict[str, object]:
    """What a session remembers of someone who has given their password again."""
    record = {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    return {
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
        AUTHENTICATION_METHODS_SESSION_KEY: [record],
    }


def show_who_it_is(client: Client, user: User, seconds_ago: int = 0) -> None:
    """As if `user`, signed in with `client`, had given the password on the page that asks."""
    session = client.session
    session.update(shown(user, seconds_ago))
    session.save()
