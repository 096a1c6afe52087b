"""Who is on duty when, by the clock on the wall; and where nobody is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, start_of_day, today
from peersupport.scope import scope
from safety.models import DutyAway, DutyStep, DutyTurn, HomeVisit
from safety.services import duty_phones, gap_at, planned_visits
from schools.models import Membership
from tests.safety.house import House

pytestmark = pytest.mark.django_db

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # Sundays on which the clock is set
ALL = list(DutyStep)


@pytest.fixture
def house():
    return House()


def on_duty(house, moment) -> set[int]:
    with scope(house.coordinator):
        return {one.step for one in duty_phones(house.organisation, moment)}


def at(day: date, clock: str) -> datetime:
    return moment_at(day, time.fromisoformat(clock))


# --- Hours


@pytest.mark.parametrize(
    ("clock", "is_there"),
    [("07:59", False), ("08:00", True), ("16:59", True), ("17:00", False)],
)
def test_from_its_beginning_to_its_end(house, clock, is_there):
    monday = date(2027, 1, 4)  # of week 1, after a year with 53
    house.turn(house.duty, DutyStep.DUTY, starts=time(8), ends=time(17), weekdays=[1])
    assert bool(on_duty(house, at(monday, clock))) == is_there
    assert not on_duty(house, at(monday + timedelta(days=1), clock))


def test_over_midnight_it_is_of_the_day_on_which_it_begins_also_over_the_year_and_week_53(house):
    thursday = date(2026, 12, 31)  # week 53
    house.turn(
        house.duty, DutyStep.DUTY, starts=time(22), ends=time(6), weekdays=[4], first_on=thursday, last_on=thursday
    )  # fmt: skip
    friday = thursday + timedelta(days=1)
    assert not on_duty(house, at(thursday, "05:00"))  # Wednesday's turn, which there is none of
    assert not on_duty(house, at(thursday, "21:59"))
    assert on_duty(house, at(thursday, "22:00"))
    assert on_duty(house, at(thursday, "23:59"))
    assert on_duty(house, at(friday, "00:00"))
    assert on_duty(house, at(friday, "05:59"))
    assert not on_duty(house, at(friday, "06:00"))
    assert not on_duty(house, at(friday, "22:00"))


def test_around_the_clock(house):
    house.turn(house.duty, DutyStep.DUTY, starts=time(9), ends=time(9), weekdays=[1])
    monday = date(2027, 1, 4)
    assert not on_duty(house, at(monday, "08:59"))
    assert on_duty(house, at(monday, "09:00"))
    assert on_duty(house, at(monday + timedelta(days=1), "08:59"))
    assert not on_duty(house, at(monday + timedelta(days=1), "09:00"))


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_two_turns_that_meet_leave_no_gap_and_do_not_overlap_when_the_clock_is_set(house, sunday):
    """Each minute of the night, real minutes: somebody is there, and never both."""
    night, morning = house.stand_in(), house.duty
    house.turn(night, DutyStep.DUTY, starts=time(20), ends=time(2, 30))
    house.turn(morning, DutyStep.DUTY, starts=time(2, 30), ends=time(20))
    first = start_of_day(sunday).astimezone(UTC)
    for minute in range(0, 360, 5):
        moment = first + timedelta(minutes=minute)
        with scope(house.coordinator):
            (one,) = duty_phones(house.organisation, moment)
        is_night = timezone.localtime(moment).time() < time(2, 30)
        assert one.user_id == (night if is_night else morning).pk, moment


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_a_turn_in_office_hours_is_at_the_same_clock_time_before_and_after(house, sunday):
    house.turn(house.duty, DutyStep.DUTY, starts=time(8), ends=time(17))
    for day in (sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)):
        assert on_duty(house, at(day, "08:00"))
        assert not on_duty(house, at(day, "07:59"))
        assert not on_duty(house, at(day, "17:00"))


# --- Who is not there


def test_days_away_the_end_of_a_role_and_of_the_turn(house):
    house.turn(house.duty, DutyStep.DUTY, last_on=today() + timedelta(days=20))
    assert on_duty(house, timezone.now())
    assert not on_duty(house, start_of_day(today() + timedelta(days=22)))
    away = {"organisation": house.organisation, "user": house.duty}
    with owner():
        gone = DutyAway.objects.create(first_on=today(), last_on=today(), **away)
    assert not on_duty(house, timezone.now())
    assert on_duty(house, start_of_day(today() + timedelta(days=1)))
    with owner():
        gone.delete()
        Membership.objects.filter(user=house.duty).update(confirmed_at=None, confirmed_by=None)
    assert not on_duty(house, timezone.now())


def test_the_phone_is_the_turns_or_the_persons_own(house):
    house.turn(house.user, DutyStep.COLLEAGUE)
    house.turn(house.duty, DutyStep.DUTY, phone="08-000 00 00")
    with scope(house.coordinator):
        phones = {one.step: one.phone for one in duty_phones(house.organisation, timezone.now())}
    assert phones == {DutyStep.COLLEAGUE: "070-17 40 699", DutyStep.DUTY: "08-000 00 00"}


def test_of_another_organisation_nothing_is_told(house):
    house.everybody_on_duty()
    with scope(house.colleague_elsewhere()):
        assert duty_phones(house.organisation, timezone.now()) == []


# --- Gaps


def test_a_gap_is_every_step_with_nobody_but_whoever_visits(house):
    with scope(house.user):
        assert gap_at(house.organisation, timezone.now()) == ALL
    house.everybody_on_duty()
    house.turn(house.coordinator, DutyStep.COORDINATOR)
    with scope(house.user):
        assert gap_at(house.organisation, timezone.now()) == []
        colleague = _supporter_of(house.colleague)
        gap = gap_at(house.organisation, timezone.now(), among=[house.supporter.user_id, colleague.user_id])
    assert gap == [DutyStep.COLLEAGUE]


def _supporter_of(user):
    with owner():
        return user.supporter_profiles.get()


def gaps(house) -> list[list[int]]:
    first = start_of_day(today())
    with scope(house.coordinator):
        return [
            one.steps
            for one in planned_visits(by=house.coordinator, first=first, last=first + timedelta(days=7))
        ]


def test_a_visit_is_covered_from_its_beginning_to_its_end(house):
    day = today() + timedelta(days=2)
    house.booking(at(day, "16:30"))  # until 17:30
    assert gaps(house) == [[2, 3, 4]]
    house.turn(house.coordinator, DutyStep.COORDINATOR)
    house.turn(house.duty, DutyStep.DUTY, starts=time(8), ends=time(17))
    house.turn(house.colleague, DutyStep.COLLEAGUE, starts=time(8), ends=time(16, 45))
    house.turn(house.stand_in(), DutyStep.COLLEAGUE, starts=time(16, 45), ends=time(20))
    assert gaps(house) == [[4]]
    house.turn(house.coordinator, DutyStep.DUTY, starts=time(17), ends=time(18))
    assert gaps(house) == [[]]


def test_whoever_visits_or_is_along_covers_nothing(house):
    house.everybody_on_duty()
    house.turn(house.coordinator, DutyStep.COORDINATOR)
    booking = house.booking(at(today() + timedelta(days=2), "10:00"))
    assert gaps(house) == [[]]
    with owner():
        HomeVisit.objects.create(
            booking=booking, school_id=booking.school_id, supporter=house.supporter,
            organisation=house.organisation, companion=house.colleague.supporter_profiles.get(),
            company="two", checked_at=timezone.now(), checked_by=house.user,
        )  # fmt: skip
    assert gaps(house) == [[2]]


def test_only_home_visits_of_ones_own_schools_that_are_still_planned(house):
    booking = house.booking(at(today() + timedelta(days=2), "10:00"))
    with scope(house.user):
        week = {"first": start_of_day(today()), "last": start_of_day(today() + timedelta(days=7))}
        assert planned_visits(by=house.user, **week) == []
    with owner():
        booking.kind = "phone"
        booking.save(update_fields=["kind"])
    assert gaps(house) == []


@pytest.mark.parametrize("count", [1, 6])
def test_gaps_of_a_week_take_one_query(house, assert_queries, count):
    for number in range(count):
        house.booking(at(today() + timedelta(days=1 + number), "10:00"))
    house.everybody_on_duty()
    first = start_of_day(today())
    with scope(house.coordinator), assert_queries(1):
        planned_visits(by=house.coordinator, first=first, last=first + timedelta(days=7))


# --- Pages


@pytest.fixture
def coordinator(client, house):
    client.force_login(house.coordinator)
    return client


def turn_fields(house, **more):
    return {
        "user": house.duty.public_id, "step": 4, "weekdays": [1, 2, 3], "starts": "22:00", "ends": "06:00",
        "first_on": today().isoformat(), "last_on": "", "phone": "", "form_key": "1b671a64-40d5-491e-99b0-da01ff1f3341",
    } | more  # fmt: skip


def test_a_turn_is_added_once_changed_and_removed(coordinator, house):
    url = reverse("safety:duty_create")
    for _ in range(2):
        assert coordinator.post(url, turn_fields(house)).status_code == 302
    with owner():
        turn = DutyTurn.objects.get()
    assert (turn.user_id, turn.weekdays, turn.starts) == (house.duty.pk, [1, 2, 3], time(22))
    edit = reverse("safety:duty_edit", args=[turn.public_id])
    assert coordinator.post(edit, turn_fields(house, ends="07:00", version=1)).status_code == 302
    assert coordinator.post(edit, turn_fields(house, ends="08:00", version=1)).status_code == 409
    with owner():
        turn.refresh_from_db()
    assert turn.ends == time(7)
    assert "22:00–07:00" in coordinator.get(reverse("safety:duty_list")).content.decode()
    assert coordinator.post(reverse("safety:duty_remove", args=[turn.public_id])).status_code == 302
    with owner():
        assert not DutyTurn.objects.exists()


def test_nobody_from_elsewhere_is_put_on_duty(coordinator, house):
    stranger = house.colleague_elsewhere()
    response = coordinator.post(reverse("safety:duty_create"), turn_fields(house, user=stranger.public_id))
    assert response.status_code == 200
    with owner():
        assert not DutyTurn.objects.exists()
    with scope(house.coordinator):  # nor past the form
        row = {"organisation": house.organisation, "user": stranger, "step": 4, "weekdays": [1]}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            DutyTurn.objects.create(starts=time(8), ends=time(9), **row)


def test_the_week_ahead_says_who_is_missing_for_which_visit(coordinator, house):
    house.booking(at(today() + timedelta(days=2), "10:00"))
    text = coordinator.get(reverse("safety:duty_list")).content.decode()
    assert "helt obemannat" in text or "nobody at all" in text or house.user.name in text
    assert house.student.identity.family_name not in text


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_duty_takes_six_queries_however_much_there_is(coordinator, house, assert_queries, count):
    for number in range(count):
        house.booking(at(today() + timedelta(days=1 + number), "10:00"))
        house.turn(house.stand_in(), DutyStep.DUTY)
    with assert_queries(6):  # session, scope, turns, away, visits with gaps, the watch
        coordinator.get(reverse("safety:duty_list"))


def test_days_away_are_added_and_removed(coordinator, house):
    fields = {"user": house.duty.public_id, "first_on": today().isoformat(), "last_on": today().isoformat(),
              "form_key": "1b671a64-40d5-491e-99b0-da01ff1f3342"}  # fmt: skip
    assert coordinator.post(reverse("safety:away_create"), fields).status_code == 302
    with owner():
        away = DutyAway.objects.get()
    assert coordinator.post(reverse("safety:away_remove", args=[away.public_id])).status_code == 302
    with owner():
        assert not DutyAway.objects.exists()


def test_the_times_are_saved_once_and_the_second_writer_sees_both(coordinator, house):
    from safety.models import SafetyRules

    url = reverse("safety:rules_edit")
    fields = {"grace_minutes": 3, "step_minutes": 4, "start_minutes": 20}
    assert coordinator.get(url).status_code == 200
    assert coordinator.post(url, fields | {"version": 1}).status_code == 302
    assert coordinator.post(url, fields | {"grace_minutes": 9, "version": 1}).status_code == 302
    assert coordinator.post(url, fields | {"grace_minutes": 7, "version": 1}).status_code == 409
    assert coordinator.post(url, fields | {"grace_minutes": 0, "version": 2}).status_code == 200
    with owner():
        assert SafetyRules.objects.get().grace_minutes == 9


def test_ones_own_number_is_written_by_oneself_and_taken_away(client, house):
    from safety.models import WorkPhone

    client.force_login(house.colleague)
    url = reverse("safety:work_phone")
    for phone in ("070-17 40 611", "070-17 40 612", ""):
        assert client.post(url, {"phone": phone}).status_code == 302
        with owner():
            found = WorkPhone.objects.filter(user=house.colleague).values_list("phone", flat=True)
            assert list(found) == ([phone] if phone else [])
