"""A house with everybody on duty, a clock that stands, and an alarm that has reached two."""

import pytest
import time_machine
from django.utils import timezone

from tests.safety.house import House, the_alarm
from tests.safety.watching.chain import MINUTE, watch_at


@pytest.fixture
def house():
    house = House()
    house.everybody_on_duty()
    return house


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


@pytest.fixture
def called(house, clock):
    """An overdue alarm that has reached colleague and coordinator."""
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10, 15):
        watch_at(clock, end + minutes * MINUTE)
    house.end, house.alarm = end, the_alarm().public_id
    return house
