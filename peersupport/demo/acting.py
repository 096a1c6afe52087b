"""Doing what people do, as they do it."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.models import User
from peersupport.demo.owner import web
from peersupport.scope import scope


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """What the services do here, they do as on a page: as the web role, within the user's scope."""
    with web(), scope(user):
        yield
