"""A school that counts school days, and its coordinator."""

import pytest

from peersupport.demo.factories import CoordinatorFactory, OrganisationFactory, SchoolFactory
from tests.visits.time_since_met.days import TUESDAY, at


@pytest.fixture
def home():
    """More than 10 days is long, more than 5 before the first meeting; school days."""
    with at(TUESDAY):
        return SchoolFactory(
            organisation=OrganisationFactory(days_without_contact=10, days_before_first_contact=5)
        )


@pytest.fixture
def petra(home):
    with at(TUESDAY):
        return CoordinatorFactory(organisation=home.organisation)
