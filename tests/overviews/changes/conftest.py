"""A pupil with a supporter and a coordinator, who change things."""

import pytest

from peersupport.demo.factories import AssignmentFactory, CoordinatorFactory


@pytest.fixture
def mine():
    return AssignmentFactory(
        case__student__given_name="Alva", case__student__family_name="Exempelsson", case__student__grade=6
    )


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)
