"""The cast of groups."""

import pytest

from tests.visits.groups.cast import Cast


@pytest.fixture
def cast():
    return Cast()
