"""An organisation with words of its own."""

import pytest

from peersupport.demo.factories import OrganisationFactory


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Provlunda kommun")
