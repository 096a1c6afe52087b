"""The cast of groups."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.visits.groups.cast import Cast


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def held(cast):
    """A date that began an hour ago."""
    cast.date = cast.meets(timezone.now() - timedelta(hours=1))
    return cast
