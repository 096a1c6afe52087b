"""A pupil's part in a contact, and a coordinator who has something to say of it."""

import pytest

from peersupport.demo.factories import AssignmentFactory, ContactFactory, CoordinatorFactory
from peersupport.demo.owner import owner
from visits.models import Participation


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", case__student__family_name="Exempelsson")


@pytest.fixture
def part(mine):
    contact = ContactFactory(assignment=mine)
    with owner():
        return Participation.objects.select_related("contact", "student").get(contact=contact)


@pytest.fixture
def petra(mine):
    return CoordinatorFactory(organisation=mine.school.organisation, given_name="Petra")
