"""A supporter at one school, signed in."""

import pytest

from peersupport.demo.factories import (
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner


@pytest.fixture
def supporter():
    return PeerSupporterFactory()


@pytest.fixture
def me(client, supporter):
    client.force_login(supporter.user)
    return client


@pytest.fixture
def organisation(supporter):
    with owner():
        return supporter.organisation
