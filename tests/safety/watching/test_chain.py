"""The chain by the clock: to the second, and once each."""

import pytest
from django.utils import timezone

from peersupport.demo.owner import owner
from safety.models import AlarmKind, AlarmOutcome, HomeVisit, VisitAct, VisitLog
from tests.safety.house import calls, mails, the_alarm
from tests.safety.watching.chain import MINUTE, SECOND, all_alarms, steps, watch_at

pytestmark = pytest.mark.django_db


def test_an_overdue_visit_calls_supporter_colleague_coordinator_and_duty_each_to_the_second(house, clock):
    end = timezone.now()
    house.visit(end=end)
    expected = [
        (5, (0, 1, house.user.pk)),
        (10, (0, 2, house.colleague.pk)),
        (15, (0, 3, house.coordinator.pk)),
        (20, (0, 4, house.duty.pk)),
    ]
    for number, (minutes, call) in enumerate(expected):
        assert watch_at(clock, end + minutes * MINUTE - SECOND) == 0
        assert watch_at(clock, end + minutes * MINUTE) == 1
        assert calls()[number:] == [call]
        assert watch_at(clock, end + minutes * MINUTE) == 0  # looking again calls nobody again
    assert [mail.to for mail in mails()] == [
        one.email for one in (house.user, house.colleague, house.coordinator, house.duty)
    ]
    with owner():
        acts = list(VisitLog.objects.order_by("at").values_list("act", "via", "by"))
    assert acts == [(VisitAct.ASKED_END, "server", None)] + [(VisitAct.CALLED, "server", None)] * 3


def test_the_organisations_own_minutes_hold(house, clock):
    house.rules(grace_minutes=2, step_minutes=3)
    end = timezone.now()
    house.visit(end=end)
    assert watch_at(clock, end + 2 * MINUTE - SECOND) == 0
    assert watch_at(clock, end + 2 * MINUTE) == 1
    assert watch_at(clock, end + 5 * MINUTE - SECOND) == 0
    assert watch_at(clock, end + 5 * MINUTE) == 1


def test_delays_do_not_add_up_and_after_a_long_one_the_steps_keep_their_distance(house, clock):
    end = timezone.now()
    house.visit(end=end)
    watch_at(clock, end + 5 * MINUTE + 14 * SECOND)
    assert watch_at(clock, end + 10 * MINUTE) == 1  # from when the first was due
    watch_at(clock, end + 120 * MINUTE)  # nobody has looked for long
    assert watch_at(clock, end + 123 * MINUTE) == 0
    assert watch_at(clock, end + 124 * MINUTE) == 1


def test_when_nobody_takes_it_all_are_called_again_a_stated_number_of_times(house, clock):
    end = timezone.now()
    house.visit(end=end)
    for minutes in range(5, 200, 5):
        watch_at(clock, end + minutes * MINUTE)
    assert steps() == [(0, 1), (0, 2), (0, 3), (0, 4)] + [(n, s) for n in range(1, 13) for s in (2, 3, 4)]
    assert the_alarm().next_at is None  # the pages go on saying so
    assert len(mails()) == 4 + 12 * 3


def test_a_visit_that_is_ended_or_extended_calls_nobody(house, clock):
    end = timezone.now()
    visit = house.visit(end=end)
    watch_at(clock, end + 5 * MINUTE)
    with owner():
        HomeVisit.objects.filter(pk=visit.pk).update(expected_end_at=end + 20 * MINUTE)
    assert watch_at(clock, end + 10 * MINUTE) == 0
    assert the_alarm().outcome == AlarmOutcome.ALL_WELL
    watch_at(clock, end + 25 * MINUTE)  # late once more: a new alarm
    assert [one.kind for one in all_alarms()] == [AlarmKind.OVERDUE] * 2
