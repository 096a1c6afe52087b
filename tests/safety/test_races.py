"""Two at once: watchers, and people who take the same alarm."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from peersupport.demo.owner import worker
from peersupport.scope import scope
from safety.models import AlarmKind
from safety.services import TakenByAnother, raise_alarm, take_alarm, watch
from tests.safety.house import House, calls, mails, the_alarm

ROUNDS = 5


def at_once(*acts):
    """Run in threads that begin together; returns what each returned, or its exception."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def watched() -> int:
    with worker():
        return watch()


@pytest.mark.django_db(transaction=True)
def test_two_watchers_at_once_call_each_once_and_send_each_mail_once():
    house = House()
    house.everybody_on_duty()
    for number in range(1, ROUNDS + 1):
        visit = house.visit(
            end=timezone.now() + timedelta(hours=number), start=timezone.now() + timedelta(hours=number - 1)
        )
        with scope(house.user):
            raise_alarm(visit=visit, kind=AlarmKind.HELP)
        taken = at_once(watched, watched, watched)
        assert sum(taken) == 1
        assert len(calls()) == len(mails()) == 3 * number


@pytest.mark.django_db(transaction=True)
def test_of_those_who_take_it_at_once_exactly_one_has_it():
    house = House()
    house.everybody_on_duty()
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    with scope(house.user):
        raise_alarm(visit=visit, kind=AlarmKind.HELP)
    watched()
    alarm = the_alarm().public_id

    def taking(user):
        def take():
            with scope(user):
                take_alarm(alarm=alarm, by=user)
            return user.pk

        return take

    found = at_once(*(taking(user) for user in (house.colleague, house.coordinator, house.duty)))
    assert sum(isinstance(one, TakenByAnother) for one in found) == 2
    (winner,) = [one for one in found if not isinstance(one, Exception)]
    assert the_alarm().taken_by_id == winner
