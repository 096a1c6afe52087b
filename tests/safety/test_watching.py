"""The chain by the clock: to the second, once each, and stopped by whoever answers."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from peersupport.demo.owner import owner, worker
from peersupport.scope import scope
from safety.models import Alarm, AlarmKind, AlarmOutcome, DutyStep, HomeVisit, VisitAct, VisitLog
from safety.services import (
    NotCalled,
    TakenByAnother,
    answer_alarm,
    close_alarms_of,
    is_watched,
    pass_alarm,
    raise_alarm,
    resolve_alarm,
    take_alarm,
    watch,
)
from tests.peersupport.rights import LOCKED, raw
from tests.safety.house import ADDRESS, NAME, SCHOOL, House, calls, mails, the_alarm

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def house():
    house = House()
    house.everybody_on_duty()
    return house


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


def watch_at(clock, moment) -> int:
    clock.move_to(moment)
    with worker():
        return watch()


def steps() -> list[tuple[int, int]]:
    return [(round_, step) for round_, step, _user in calls()]


# --- A visit that is not ended


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
    assert [one.kind for one in _alarms()] == [AlarmKind.OVERDUE] * 2


def _alarms() -> list[Alarm]:
    with owner():
        return list(Alarm.objects.order_by("pk"))


# --- Nobody is left uncalled


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
    assert _alarms() == []


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
    assert len(_alarms()) == 1
    with owner():  # moved: a new time, a new question
        booking.starts_at, booking.ends_at = start + timedelta(hours=2), start + timedelta(hours=3)
        booking.save(update_fields=["starts_at", "ends_at"])
    watch_at(clock, start + timedelta(hours=2, minutes=15))
    assert len(_alarms()) == 2
    with owner():
        HomeVisit.objects.update(
            checked_in_at=timezone.now(), expected_end_at=timezone.now() + timedelta(hours=1)
        )
    watch_at(clock, start + timedelta(hours=2, minutes=20))
    assert all(one.resolved_at for one in _alarms())


def test_what_was_planned_long_ago_is_asked_about_no_more(house, clock):
    start = timezone.now()
    house.booking(start)
    assert watch_at(clock, start + timedelta(hours=12)) == 0


# --- Answers


@pytest.fixture
def called(house, clock):
    """An overdue alarm that has reached colleague and coordinator."""
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10, 15):
        watch_at(clock, end + minutes * MINUTE)
    house.end, house.alarm = end, the_alarm().public_id
    return house


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
    assert [one.kind for one in _alarms() if one.resolved_at is None] == [AlarmKind.HELP]
    with scope(house.user):
        assert close_alarms_of(visit=visit, by=house.user, outcome=AlarmOutcome.ALL_WELL) == 0
        (alarm,) = [one for one in _alarms() if one.resolved_at is None]
        answer_alarm(alarm=alarm.public_id, by=house.user, answer="well")
    assert all(one.resolved_at for one in _alarms())


# --- The mail


def test_no_mail_says_who_where_or_at_which_school_and_the_subject_says_nothing(house, clock):
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10, 15, 20, 25):
        watch_at(clock, end + minutes * MINUTE)
    number, found = the_alarm().number, mails()
    assert len(found) == 7
    for mail in found:
        said = f"{mail.subject} {mail.text}"
        for canary in (
            NAME,
            ADDRESS,
            SCHOOL,
            house.student.alias,
            house.user.given_name,
            house.user.family_name,
        ):
            assert canary not in said
        assert number in mail.subject
        assert "larm" not in mail.subject.lower()
        assert "alarm" not in mail.subject.lower()
        assert f"/alarms/{the_alarm().public_id}/" in mail.text
    initials = house.user.given_name[0] + house.user.family_name[0]
    assert initials in found[1].text
    assert "070-17 40 699" in found[1].text


def test_the_mail_is_in_the_language_of_whoever_is_called(house, clock):
    with owner():
        for user, language in ((house.user, "en"), (house.colleague, "da")):
            user.language = language
            user.save(update_fields=["language"])
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10):
        watch_at(clock, end + minutes * MINUTE)
    assert [mail.language for mail in mails()] == ["en", "da"]
    assert mails()[0].subject.startswith("Please answer now")


# --- Whether anybody looks


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
