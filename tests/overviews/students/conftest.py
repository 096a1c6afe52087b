"""A school, who coordinates there, and many pupils."""

from datetime import timedelta

import pytest

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    SchoolFactory,
)
from peersupport.lib.dates import today
from tests.overviews.students.rows import pupil


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def coordinator(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


@pytest.fixture(params=[3, 40])
def many(request, school):
    supporter = PeerSupporterFactory(school=school)
    students = [pupil(school, "Alva", "Exempelsson") for _ in range(request.param)]
    for student in students:
        assignment = AssignmentFactory(
            case__student=student, supporter=supporter, starts_on=today() - timedelta(days=40)
        )
        ContactFactory(assignment=assignment)
    return students
