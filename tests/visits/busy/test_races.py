"""Two who plan at the same moment: one of them wins, and none waits for ever."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from peersupport.demo.factories import (
    GroupSeriesFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.visits.busy.plans import HOUR, busy_of, noon
from tests.visits.groups.cast import Cast
from visits import services
from visits.models import Booking, BusyTime, GroupDate
from visits.services import Plan

pytestmark = pytest.mark.django_db


def race(*acts):
    """Each act (who, what) in a thread and a connection of its own, at once; what became of each."""
    start, outcomes = Barrier(len(acts)), []

    def run(by, act):
        try:
            with scope(by):
                start.wait(timeout=20)
                act(by)
            outcomes.append("saved")
        except services.DoubleBooked:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def booking_act(cast, start):
    plan = Plan("at_school", start, start + HOUR)
    return lambda by: services.plan_booking(assignment=cast.assignments[0], by=by, plan=plan)


def dates_act(cast, *starts):
    times = [(start, start + HOUR) for start in starts]
    return lambda by: services.add_dates(group=cast.group, by=by, times=times)


@pytest.mark.django_db(transaction=True)
def test_a_booking_and_a_group_date_at_once_have_one_winner():
    for round_ in range(5):
        cast = Cast()
        start = noon(7 + round_)
        acts = [(cast.karim, booking_act(cast, start)), (cast.petra, dates_act(cast, start + HOUR / 2))]
        assert race(*acts) == ["saved", "told"]
        with owner():
            assert (
                Booking.objects.count() + GroupDate.objects.exclude(pk=cast.date.pk).count() == 1 + round_ * 2
            )
            assert BusyTime.objects.filter(user=cast.karim).count() == 2


@pytest.mark.django_db(transaction=True)
def test_series_in_opposite_orders_at_once_wait_for_each_other_and_not_for_ever():
    cast = Cast()
    second = GroupSeriesFactory(school=cast.school, made_by=cast.petra, leaders=[cast.karim])
    days = [noon(7), noon(8), noon(9)]
    times = [(day, day + HOUR) for day in reversed(days)]
    acts = [
        (cast.karim, dates_act(cast, *days)),
        (cast.petra, lambda by: services.add_dates(group=second, by=by, times=times)),
    ]
    assert race(*acts) == ["saved", "told"]
    assert len(busy_of(cast.karim)) == 1 + 3


@pytest.mark.django_db(transaction=True)
def test_a_new_leader_and_a_new_date_at_once_know_of_each_other():
    cast = Cast()
    leaders = [cast.karim.pk, cast.leyla.pk]
    acts = [
        (cast.karim, dates_act(cast, noon(7))),
        (
            cast.petra,
            lambda by: services.edit_group(
                group=cast.group, by=by, version=1, name="x", place="", leaders=leaders
            ),
        ),
    ]
    assert race(*acts) == ["saved", "saved"]
    assert len(busy_of(cast.karim)) == len(busy_of(cast.leyla)) == 2
