"""The way of a home visit: what each act does, refuses, does once and logs."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from peersupport.demo.factories import (
    BookingFactory,
    HomeVisitFactory,
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from safety import services
from safety.models import Alarm, AlarmKind, HomeVisit, VisitCompany, VisitLog, VisitStep
from safety.services import RiskCheck
from tests.safety.conftest import change, log_of, stored
from visits.models import Booking
from visits.services import PlaceNeeded

pytestmark = pytest.mark.django_db
ALONE = RiskCheck(VisitCompany.ALONE, is_palpable=False)


def alarms(visit, **fields) -> int:
    with owner():
        return Alarm.objects.filter(visit=visit, **fields).count()


def raised(visit, kind) -> None:
    with owner():
        Alarm.objects.create(
            organisation_id=visit.organisation_id,
            school_id=visit.school_id,
            supporter_id=visit.supporter_id,
            visit=visit,
            number=visit.number,
            kind=kind,
        )


# --- The whole way


def test_a_visit_from_the_risk_check_to_its_end(booking, user):
    with scope(user):
        visit = services.check_risk(booking=booking, by=user, check=ALONE)
        assert visit.step == VisitStep.CHECKED
        assert services.leave(visit=visit, by=user).step == VisitStep.LEFT
        visit = services.check_in(visit=visit, by=user)
        assert visit.expected_end_at - visit.checked_in_at == timedelta(minutes=60)  # as booked
        longer = services.extend(visit=visit, by=user, shown_end=visit.expected_end_at)
        assert longer.expected_end_at - visit.expected_end_at == timedelta(minutes=15)
        assert services.finish(visit=visit, by=user) is False
    done = stored(visit)
    assert (done.step, done.ended_how) == (VisitStep.ENDED, "done")
    acts = [act for act, via, by in log_of(visit) if (via, by) == ("signed_in", user.pk)]
    assert acts == ["risk_checked", "left", "checked_in", "extended", "done"]


def test_each_act_twice_is_done_and_logged_once(booking, user):
    with scope(user):
        for _tap in range(2):
            visit = services.check_risk(booking=booking, by=user, check=ALONE)
        for act in (services.leave, services.check_in):
            first = act(visit=visit, by=user)
            assert act(visit=visit, by=user).version == first.version
        shown = first.expected_end_at
        for _tap in range(2):  # as two taps on one page, or one on each of two phones
            longer = services.extend(visit=visit, by=user, shown_end=shown)
        assert longer.expected_end_at == shown + timedelta(minutes=15)
        for _tap in range(2):
            services.finish(visit=visit, by=user)
    assert len(log_of(visit)) == 5


def test_a_lone_visit_with_palpable_risk_is_refused_and_nothing_is_kept_of_the_question(booking, user):
    with scope(user):
        with pytest.raises(services.LoneVisitRefused):
            services.check_risk(
                booking=booking, by=user, check=RiskCheck(VisitCompany.ALONE, is_palpable=True)
            )
        for company in (VisitCompany.TWO, VisitCompany.NOT):
            visit = services.check_risk(booking=booking, by=user, check=RiskCheck(company, is_palpable=True))
    assert not {"risk", "is_palpable"} & {field.name for field in HomeVisit._meta.get_fields()}
    assert stored(visit).ended_how == "not_made"


def test_two_go_with_a_colleague_of_the_organisation_only(booking, user, mine):
    colleague, stranger = PeerSupporterFactory(school=mine.school), PeerSupporterFactory()
    with scope(user):
        assert [one.pk for one in services.colleagues()] == [colleague.pk]
        check = RiskCheck(VisitCompany.TWO, is_palpable=False, companion_id=colleague.pk)
        visit = services.check_risk(booking=booking, by=user, check=check)
    assert stored(visit).companion_id == colleague.pk
    with pytest.raises(Exception, match="row-level security"), scope(user):
        check = RiskCheck(VisitCompany.TWO, is_palpable=False, companion_id=stranger.pk)
        services.check_risk(booking=booking, by=user, check=check)


def test_meeting_elsewhere_needs_a_place_which_becomes_the_bookings(booking, user):
    with scope(user):
        with pytest.raises(services.PlaceMissing):
            services.check_risk(booking=booking, by=user, check=RiskCheck(VisitCompany.ELSEWHERE, False))
        check = RiskCheck(VisitCompany.ELSEWHERE, False, place="Biblioteket")
        services.check_risk(booking=booking, by=user, check=check)
    with owner():
        assert Booking.objects.get(pk=booking.pk).place == "Biblioteket"


def test_not_today_leaves_the_booking_to_be_moved_and_another_visit_begins(booking, user):
    with scope(user):
        first = services.check_risk(booking=booking, by=user, check=RiskCheck(VisitCompany.NOT, False))
        again = services.check_risk(booking=booking, by=user, check=ALONE)
    assert first.pk != again.pk
    assert stored(first).ended_how == "not_made" and stored(again).step == VisitStep.CHECKED
    with owner():
        assert Booking.objects.get(pk=booking.pk).status == "planned"


def test_nobody_leaves_or_checks_in_without_a_risk_check_of_the_day(booking, user):
    visit = HomeVisitFactory(booking=booking)
    for act in (services.leave, services.check_in):
        with scope(user), pytest.raises(services.NotRiskChecked):
            act(visit=visit, by=user)
    yesterday = timezone.now() - timedelta(hours=19)
    change(visit, company="alone", checked_at=yesterday, checked_by=user)
    with scope(user), pytest.raises(services.NotRiskChecked):
        services.leave(visit=visit, by=user)


def test_what_has_not_begun_is_neither_longer_nor_over(booking, user):
    visit = HomeVisitFactory(booking=booking, left=True)
    with scope(user):
        with pytest.raises(services.NotCheckedIn):
            services.extend(visit=visit, by=user, shown_end=None)
        with pytest.raises(services.NotCheckedIn):
            services.finish(visit=visit, by=user)


def test_what_is_over_is_neither_left_entered_nor_longer(booking, user):
    visit = HomeVisitFactory(booking=booking, ended=True)
    with scope(user):
        for act in (services.leave, services.check_in):
            with pytest.raises(services.VisitOver):
                act(visit=visit, by=user)
        with pytest.raises(services.VisitOver):
            services.extend(visit=visit, by=user, shown_end=visit.expected_end_at)
    assert log_of(visit) == []


def test_it_did_not_take_place(booking, user):
    visit = HomeVisitFactory(booking=booking, left=True)
    with scope(user):
        for _tap in range(2):
            services.not_made(visit=visit, by=user)
    assert stored(visit).ended_how == "not_made"
    assert log_of(visit) == [("not_made", "signed_in", user.pk)]


# --- Longer


def test_an_overdue_visit_is_prolonged_from_now(visit, user):
    past = timezone.now() - timedelta(minutes=40)
    change(visit, checked_in_at=past - timedelta(hours=1), expected_end_at=past)
    with scope(user):
        longer = services.extend(visit=visit, by=user, shown_end=past)
    assert timedelta(minutes=14) < longer.expected_end_at - timezone.now() <= timedelta(minutes=15)


@pytest.mark.parametrize(("hours", "is_refused"), [(11.75, False), (11.8, True), (12, True)])
def test_a_visit_lasts_at_most_twelve_hours(visit, user, hours, is_refused):
    end = visit.checked_in_at + timedelta(hours=hours)
    change(visit, expected_end_at=end)
    with scope(user):
        if is_refused:
            with pytest.raises(services.VisitTooLong):
                services.extend(visit=visit, by=user, shown_end=end)
        else:
            services.extend(visit=visit, by=user, shown_end=end)
    assert (stored(visit).expected_end_at > end) is not is_refused


# --- Alarms


@pytest.mark.parametrize("act", ["extend", "finish"])
def test_going_on_answers_the_question_and_leaves_the_call_for_help(visit, user, act):
    raised(visit, AlarmKind.OVERDUE)
    with scope(user):
        services.ask_for_help(visit=visit, by=user)
        if act == "extend":
            services.extend(visit=visit, by=user, shown_end=visit.expected_end_at)
        else:
            assert services.finish(visit=visit, by=user) is True
    assert alarms(visit, kind="overdue", resolved_at__isnull=True) == 0
    assert alarms(visit, kind="help", resolved_at__isnull=True) == 1


def test_help_is_called_once_and_each_tap_is_logged(visit, user):
    with scope(user):
        for _tap in range(3):
            services.ask_for_help(visit=visit, by=user)
    assert alarms(visit, kind="help") == 1
    assert [act for act, _via, _by in log_of(visit)] == ["help"] * 3


# --- Others' visits, and the log


def test_nobody_acts_on_anothers_visit(visit, coordinator, mine):
    colleague = PeerSupporterFactory(school=mine.school).user
    for by in (coordinator, colleague):
        for act in (services.leave, services.check_in, services.finish, services.ask_for_help):
            with scope(by), pytest.raises(HomeVisit.DoesNotExist):
                act(visit=visit, by=by)


def test_a_line_of_the_log_is_neither_changed_nor_taken_away(visit, user):
    with scope(user):
        services.finish(visit=visit, by=user)
        for statement in ("update safety_visitlog set act = 'left'", "delete from safety_visitlog"):
            with pytest.raises(Exception, match="permission denied"):
                with connection.cursor() as cursor:
                    cursor.execute("savepoint s")
                    try:
                        cursor.execute(statement)
                    finally:
                        cursor.execute("rollback to savepoint s")


def test_a_visit_is_ended_when_the_pupil_is_the_supporters_no_more(visit, user, mine):
    with owner():
        type(mine).objects.filter(pk=mine.pk).update(
            ended_at=timezone.now(), ended_by=user, end_reason="slut"
        )
    with scope(user):
        services.finish(visit=visit, by=user)
    assert stored(visit).ended_how == "done"


def test_the_copies_of_a_visit_cannot_lie(visit):
    with owner(), connection.cursor() as cursor:
        for column in ("school_id", "organisation_id", "supporter_id"):
            cursor.execute("savepoint s")
            with pytest.raises(Exception, match="violates foreign key"):
                cursor.execute(f"update safety_homevisit set {column} = {column} + 1000")
                cursor.execute("set constraints all immediate")
            cursor.execute("rollback to savepoint s")


# --- Two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["start_visit", "check_in", "extend", "finish"])
def test_two_phones_at_once_do_it_once(booking, user, act):
    visit = None
    if act != "start_visit":
        states = {"check_in": {"left": True}}
        visit = HomeVisitFactory(booking=booking, **states.get(act, {"checked_in": True}))
    start, errors = Barrier(2), []

    def tap() -> None:
        try:
            with scope(user):
                start.wait()
                service = getattr(services, act)
                if act == "start_visit":
                    service(booking=booking, by=user)
                elif act == "extend":
                    service(visit=visit, by=user, shown_end=visit.expected_end_at)
                else:
                    service(visit=visit, by=user)
        except Exception as error:  # noqa: BLE001  told below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=tap) for _phone in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with owner():
        assert HomeVisit.objects.count() == 1
        assert VisitLog.objects.count() == (0 if act == "start_visit" else 1)


# --- Now, and protected


def test_a_visit_now_books_and_begins_in_one_step(mine, user):
    with scope(user):
        visit = services.visit_now(assignment=mine, by=user, minutes=45)
    with owner():
        booking = Booking.objects.get()
    assert (booking.kind, booking.minutes, visit.booking_id) == ("home_visit", 45, booking.pk)


def test_a_home_visit_to_a_protected_pupil_needs_another_place(mine, user):
    with owner():
        type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
    with scope(user):
        with pytest.raises(PlaceNeeded):
            services.visit_now(assignment=mine, by=user, minutes=45)
        visit = services.visit_now(assignment=mine, by=user, minutes=45, place="Biblioteket")
        assert not services.open_address(visit=visit)


def test_a_pupil_made_protected_after_the_booking_is_not_visited_at_home(booking, mine, user):
    with owner():
        type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
    with scope(user):
        with pytest.raises(services.PlaceMissing):
            services.check_risk(booking=booking, by=user, check=RiskCheck(VisitCompany.TWO, False))


def test_only_a_home_visit_has_one(mine, user):
    booking = BookingFactory(assignment=mine, kind="phone")
    with scope(user), pytest.raises(services.NoHomeVisit):
        services.start_visit(booking=booking, by=user)


def test_whoever_is_visited_is_not_long_since_met(visit, user, mine):
    holidays: list[object] = []
    ask = "select is_quiet from time_since_met(%s, %s::date[])"
    later = timezone.now() + timedelta(days=400)
    with scope(user), connection.cursor() as cursor:
        cursor.execute(ask, [later, holidays])
        during = cursor.fetchall()
        services.finish(visit=visit, by=user)
        cursor.execute(ask, [later, holidays])
        assert (during, cursor.fetchall()) == ([(False,)], [(True,)])


def test_numbers_are_found_anew_when_one_is_taken(booking, user, monkeypatch):
    taken = HomeVisitFactory().number
    numbers = iter([taken, "NEW42"])
    monkeypatch.setattr(HomeVisit._meta.get_field("number"), "default", lambda: next(numbers))
    monkeypatch.setattr(HomeVisit._meta.get_field("number"), "_get_default", lambda: next(numbers))
    with scope(user):
        assert services.start_visit(booking=booking, by=user).number == "NEW42"
