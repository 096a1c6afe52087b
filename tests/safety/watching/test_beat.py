"""Whether anybody looks, and what the watch sees."""

import pytest
from django.db import transaction
from django.utils import timezone

from peersupport.demo.owner import worker
from safety.services import (
    is_watched,
    watch,
)
from tests.peersupport.rights import LOCKED, raw
from tests.safety.watching.chain import MINUTE, SECOND, watch_at

pytestmark = pytest.mark.django_db


def test_the_pages_know_when_nobody_looks(house, clock):
    assert not is_watched()
    now = timezone.now()
    watch_at(clock, now)
    assert is_watched()
    clock.move_to(now + 2 * MINUTE)
    assert is_watched()
    clock.move_to(now + 2 * MINUTE + SECOND)
    assert not is_watched()


SEEN_BY_NO_WORKER = (
    "select supporter_id from safety_alarm",
    "select school_id from safety_alarm",
    "select * from safety_homevisit",
    "select * from visits_booking",
    "select * from safety_dutyturn",
    "select * from alarm_card(gen_random_uuid())",
    "select * from put_alarm(1, 'help', now(), now())",
)


@pytest.mark.parametrize("statement", SEEN_BY_NO_WORKER)
def test_the_watch_sees_neither_visits_nor_whom_they_are_about(statement):
    with transaction.atomic():
        with worker(), pytest.raises(LOCKED):
            raw(statement)
        transaction.set_rollback(True)


def test_a_watch_that_finds_nothing_takes_three_statements(assert_queries):
    with worker(), assert_queries(3):  # what is due by the clock, alarms due, the beat
        watch()
