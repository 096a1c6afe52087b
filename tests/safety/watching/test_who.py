"""Nobody is left uncalled; help calls everybody; a visit not begun is asked about."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from peersupport.demo.owner import owner, worker
from peersupport.scope import scope
from safety.models import AlarmKind, AlarmOutcome, DutyStep, HomeVisit, VisitAct, VisitLog
from safety.services import (
    answer_alarm,
    close_alarms_of,
    raise_alarm,
    watch,
)
from tests.safety.house import House, calls, mails, the_alarm
from tests.safety.watching.chain import MINUTE, SECOND, all_alarms, watch_at

pytestmark = pytest.mark.django_db


def test_a_step_with_nobody_is_passed_at_once_and_noted(clock):
    house = House()  # nobody has a turn
    end = timezone.now()
    house.visit(end=end)
    watch_at(clock, end + 5 * MINUTE)
    assert watch_at(clock, end + 10 * MINUTE) == 1
    assert calls()[1:] == [(0, 2, None), (0, 3, house.coordinator.pk)]
    watch_at(clock, end + 15 * MINUTE)  # nobody on duty: the coordinator once more, at once
    assert sorted(calls()[3:], key=str) == sorted(
        [(0, 4, None), (1, 2, None), (1, 3, house.coordinator.pk), (1, 4, None)], key=str
    )


def test_coordinators_who_are_all_away_are_called_all_the_same_and_without_any_the_leads(house, clock):
    from safety.models import DutyAway
    from schools.models import Membership

    with owner():
        away = {"first_on": timezone.localdate(), "last_on": timezone.localdate()}
        DutyAway.objects.create(organisation=house.organisation, user=house.coordinator, **away)
    assert _called(house, 3) == {house.coordinator.pk}
    with owner():
        Membership.objects.filter(user=house.coordinator).update(valid_to=timezone.localdate() - timedelta(days=1),
                                                                  valid_from=timezone.localdate() - timedelta(days=9))  # fmt: skip
    assert _called(house, 3) == {house.duty.pk}


def _called(house, step) -> set[int]:
    """Whom a help call reaches at a step right now."""
    with transaction.atomic():
        visit = house.visit(end=timezone.now() + timedelta(hours=1))
        with scope(house.user):
            raise_alarm(visit=visit, kind=AlarmKind.HELP)
        with worker():
            watch()
        found = {user for _round, at, user in calls() if at == step}
        transaction.set_rollback(True)
    return found


def test_nobody_is_called_about_themselves_nor_along_on_the_visit_nor_from_elsewhere(house):
    house.turn(house.user, DutyStep.COLLEAGUE)
    house.turn(house.user, DutyStep.DUTY)
    house.turn(house.colleague_elsewhere(), DutyStep.DUTY)  # works nowhere here
    assert _called(house, 2) == {house.colleague.pk}
    assert _called(house, 4) == {house.duty.pk}


# --- Help


def test_help_calls_everybody_at_once_each_with_one_mail(house, clock):
    house.turn(house.coordinator, DutyStep.DUTY)  # two steps, one mail
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    with scope(house.user):
        assert raise_alarm(visit=visit, kind=AlarmKind.HELP)
        assert raise_alarm(visit=visit, kind=AlarmKind.HELP)  # a second tap
    with worker():
        assert watch() == 1
    people = {house.colleague.pk, house.coordinator.pk, house.duty.pk}
    assert {user for _round, _step, user in calls()} == people
    assert len(mails()) == 3
    assert watch_at(clock, timezone.now() + 5 * MINUTE) == 1
    assert len(mails()) == 6


def test_only_whose_visit_it_is_can_ask_for_help(house):
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    for user in (house.colleague, house.coordinator, house.colleague_elsewhere()):
        with scope(user):
            assert not raise_alarm(visit=visit, kind=AlarmKind.HELP)
            assert not close_alarms_of(visit=visit, by=user, outcome=AlarmOutcome.ALL_WELL)
    assert all_alarms() == []


# --- Not begun


def test_a_planned_visit_without_check_in_is_asked_about_quietly_then_the_coordinator(house, clock):
    start = timezone.now()
    house.booking(start)
    assert watch_at(clock, start + 15 * MINUTE - SECOND) == 0
    assert watch_at(clock, start + 15 * MINUTE) == 1
    assert calls() == [(0, 1, house.user.pk)]
    watch_at(clock, start + 20 * MINUTE)
    assert calls()[1:] == [(0, 3, house.coordinator.pk)]
    with owner():
        acts = list(VisitLog.objects.order_by("at").values_list("act", flat=True))
    assert acts == [VisitAct.ASKED_START, VisitAct.CALLED]


def test_checked_in_cancelled_or_asked_about_before_it_is_not_asked_about(house, clock):
    start = timezone.now()
    booking = house.booking(start)
    watch_at(clock, start + 15 * MINUTE)
    with scope(house.user):
        answer_alarm(alarm=the_alarm().public_id, by=house.user, answer="well")
    watch_at(clock, start + 16 * MINUTE)
    assert len(all_alarms()) == 1
    with owner():  # moved: a new time, a new question
        booking.starts_at, booking.ends_at = start + timedelta(hours=2), start + timedelta(hours=3)
        booking.save(update_fields=["starts_at", "ends_at"])
    watch_at(clock, start + timedelta(hours=2, minutes=15))
    assert len(all_alarms()) == 2
    with owner():
        HomeVisit.objects.update(
            checked_in_at=timezone.now(), expected_end_at=timezone.now() + timedelta(hours=1)
        )
    watch_at(clock, start + timedelta(hours=2, minutes=20))
    assert all(one.resolved_at for one in all_alarms())


def test_what_was_planned_long_ago_is_asked_about_no_more(house, clock):
    start = timezone.now()
    house.booking(start)
    assert watch_at(clock, start + timedelta(hours=12)) == 0
