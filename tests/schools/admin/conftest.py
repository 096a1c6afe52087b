"""An organisation and its administrator, signed in."""

import pytest

from peersupport.demo.factories import AdminFactory, OrganisationFactory
from tests.reauthentication import show_who_it_is


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Provlunda kommun")


@pytest.fixture
def system_admin(client, organisation):
    user = AdminFactory(organisation=organisation)
    client.force_login(user)
    show_who_it_is(client, user)
    return user
