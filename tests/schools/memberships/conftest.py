"""A role that waits to be confirmed."""

import pytest

from peersupport.demo.factories import AdminFactory, AssignmentFactory
from peersupport.scope import scope
from schools.models import Role
from tests.schools.memberships.grants import grant


@pytest.fixture
def waiting():
    """A coordinator's role granted by an administrator, at a school with one pupil, not confirmed yet."""
    assignment = AssignmentFactory()
    organisation = assignment.school.organisation
    admin = AdminFactory(organisation=organisation)
    with scope(admin):
        return grant(admin, Role.COORDINATOR, organisation)
