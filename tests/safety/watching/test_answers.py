"""The chain is stopped by whoever answers."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from peersupport.demo.owner import owner, worker
from peersupport.scope import scope
from safety.models import AlarmKind, AlarmOutcome, VisitAct, VisitLog
from safety.services import (
    NotCalled,
    TakenByAnother,
    answer_alarm,
    close_alarms_of,
    pass_alarm,
    raise_alarm,
    resolve_alarm,
    take_alarm,
    watch,
)
from tests.peersupport.rights import raw
from tests.safety.house import calls, the_alarm
from tests.safety.watching.chain import MINUTE, SECOND, all_alarms, watch_at

pytestmark = pytest.mark.django_db


def test_taking_it_stops_the_chain_and_the_second_is_told_who_did(called, clock):
    with scope(called.colleague):
        take_alarm(alarm=called.alarm, by=called.colleague)
        take_alarm(alarm=called.alarm, by=called.colleague)  # a second tap
    with scope(called.coordinator), pytest.raises(TakenByAnother):
        take_alarm(alarm=called.alarm, by=called.coordinator)
    assert the_alarm().taken_by_id == called.colleague.pk
    before = calls()
    assert watch_at(clock, timezone.now() + 30 * MINUTE - SECOND) == 0
    assert calls() == before


def test_taken_and_not_over_within_half_an_hour_all_are_called_again(called, clock):
    with scope(called.colleague):
        take_alarm(alarm=called.alarm, by=called.colleague)
    before = len(calls())
    assert watch_at(clock, timezone.now() + 30 * MINUTE) == 1
    assert the_alarm().taken_by_id is None
    assert {step for _round, step, _user in calls()[before:]} == {2, 3, 4}


def test_who_cannot_hands_on_at_once(called, clock):
    with scope(called.coordinator):
        pass_alarm(alarm=called.alarm, by=called.coordinator)
    with worker():
        assert watch() == 1
    assert calls()[-1] == (0, 4, called.duty.pk)


def test_who_took_it_and_cannot_go_on_hands_on_and_only_they_say_that_it_is_over(called):
    with scope(called.colleague):
        take_alarm(alarm=called.alarm, by=called.colleague)
    with scope(called.coordinator):
        for act in (
            lambda: pass_alarm(alarm=called.alarm, by=called.coordinator),
            lambda: resolve_alarm(alarm=called.alarm, by=called.coordinator, outcome=AlarmOutcome.HELPED),
        ):
            with pytest.raises(TakenByAnother):
                act()
    with scope(called.colleague):
        pass_alarm(alarm=called.alarm, by=called.colleague)
    with scope(called.coordinator):
        take_alarm(alarm=called.alarm, by=called.coordinator)
        resolve_alarm(alarm=called.alarm, by=called.coordinator, outcome=AlarmOutcome.FORGOTTEN)
    alarm = the_alarm()
    assert (alarm.outcome, alarm.resolved_by_id) == (AlarmOutcome.FORGOTTEN, called.coordinator.pk)
    assert alarm.visit.ended_how == "alarm"
    with worker():
        assert watch() == 0  # and it is not raised anew
    with owner():
        acts = list(VisitLog.objects.filter(by__isnull=False).values_list("act", "by"))
    assert acts.count((VisitAct.TAKEN, called.coordinator.pk)) == 1
    assert acts.count((VisitAct.RESOLVED, called.coordinator.pk)) == 1


def test_whoever_was_not_called_can_answer_nothing(called):
    stranger = called.colleague_elsewhere()
    for user in (stranger, called.duty, called.user):  # not called yet; and whom it is about
        with scope(user), pytest.raises(NotCalled):
            take_alarm(alarm=called.alarm, by=user)


@pytest.mark.parametrize("answer", ["done", "more"])
def test_the_supporters_own_answer_stops_it(called, clock, answer):
    with scope(called.user):
        answer_alarm(alarm=called.alarm, by=called.user, answer=answer)
    alarm = the_alarm()
    assert (alarm.outcome, alarm.resolved_by_id, alarm.next_at) == (
        AlarmOutcome.ALL_WELL,
        called.user.pk,
        None,
    )
    if answer == "done":
        assert alarm.visit.ended_how == "done"
    else:
        assert alarm.visit.expected_end_at == timezone.now() + 15 * MINUTE
    assert watch_at(clock, timezone.now() + 10 * MINUTE) == 0


def test_nobody_else_answers_for_the_supporter(called):
    with scope(called.coordinator), pytest.raises(NotCalled):
        answer_alarm(alarm=called.alarm, by=called.coordinator, answer="done")


def test_the_end_of_a_visit_calls_off_no_help_and_the_key_neither(house):
    """Another hand may hold the phone."""
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    with scope(house.user):
        raise_alarm(visit=visit, kind=AlarmKind.HELP)
    with transaction.atomic():
        raw("select set_config('app.link_kind', 'visit_key', true)")
        raw("select set_config('app.link_object', %s, true)", str(visit.public_id))
        assert raise_alarm(visit=visit, kind=AlarmKind.OVERDUE)
        assert close_alarms_of(visit=visit, by=None, outcome=AlarmOutcome.ALL_WELL) == 1
        raw("select set_config('app.link_object', '', true), set_config('app.link_kind', '', true)")
    assert [one.kind for one in all_alarms() if one.resolved_at is None] == [AlarmKind.HELP]
    with scope(house.user):
        assert close_alarms_of(visit=visit, by=house.user, outcome=AlarmOutcome.ALL_WELL) == 0
        (alarm,) = [one for one in all_alarms() if one.resolved_at is None]
        answer_alarm(alarm=alarm.public_id, by=house.user, answer="well")
    assert all(one.resolved_at for one in all_alarms())
