"""The address of a home visit: for its supporter near its time, for whoever has its alarm; always with a trace."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AccessLog
from peersupport.demo.factories import CoordinatorFactory, HomeVisitFactory, PeerSupporterFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from safety import services
from safety.models import Alarm
from tests.safety.conftest import CANARIES, change, log_of
from visits.models import Booking

pytestmark = pytest.mark.django_db
STREET = CANARIES[2]


def booked(booking, *, starts_in: float, ends_in: float, **fields) -> None:
    """Minutes from now; the database's clock is the one that counts."""
    with owner(), connection.cursor() as cursor:
        cursor.execute("select now()")
        (now,) = cursor.fetchone()
        when = {"starts_at": now + timedelta(minutes=starts_in), "ends_at": now + timedelta(minutes=ends_in)}
        Booking.objects.filter(pk=booking.pk).update(**when, **fields)


def opened(visit, by) -> bool:
    with scope(by):
        return services.open_address(visit=visit).street == STREET


def openings() -> int:
    with owner():
        return AccessLog.objects.filter(action="open_address").count()


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "is_open"),
    [
        *((59, 119, True), (60, 120, True), (61, 121, False), (60.02, 120, False)),
        *((-119, -59, True), (-120, -60, True), (-121, -61, False), (-120, -60.02, False)),
    ],
)
def test_the_address_opens_from_an_hour_before_to_an_hour_after(booking, user, starts_in, ends_in, is_open):
    visit = HomeVisitFactory(booking=booking, checked=True)
    booked(booking, starts_in=starts_in, ends_in=ends_in)
    assert opened(visit, user) is is_open
    assert openings() == is_open
    assert log_of(visit) == [("address_opened", "signed_in", user.pk)] * is_open


def test_a_visit_that_lasts_longer_keeps_it_open(booking, user):
    visit = HomeVisitFactory(booking=booking, checked_in=True)
    booked(booking, starts_in=-180, ends_in=-90)
    started = timezone.now() - timedelta(hours=3)
    change(visit, checked_in_at=started, expected_end_at=timezone.now() - timedelta(minutes=59))
    assert opened(visit, user)
    change(visit, expected_end_at=timezone.now() - timedelta(minutes=61))
    assert not opened(visit, user)


@pytest.mark.parametrize(
    "how", ["protected", "elsewhere", "not made", "cancelled", "another kind", "no longer mine"]
)
def test_it_stays_shut(booking, mine, user, how):
    visit = HomeVisitFactory(booking=booking, checked=True)
    assert opened(visit, user)
    with owner():
        if how == "protected":
            type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
        elif how == "elsewhere":
            change(visit, company="elsewhere")
        elif how == "not made":
            change(visit, ended_at=timezone.now(), ended_how="not_made")
        elif how == "cancelled":
            gone = {"status": "cancelled", "cancelled_at": timezone.now(), "cancelled_because": "us"}
            Booking.objects.filter(pk=booking.pk).update(**gone, cancelled_by=user)
        elif how == "another kind":
            Booking.objects.filter(pk=booking.pk).update(kind="phone")
        else:
            over = {"ended_at": timezone.now(), "ended_by": user, "end_reason": "slut"}
            type(mine).objects.filter(pk=mine.pk).update(**over)
    assert not opened(visit, user)
    assert openings() == 1


def test_nobody_elses_visit_opens_it(booking, mine, coordinator):
    visit = HomeVisitFactory(booking=booking, checked=True)
    for by in (PeerSupporterFactory(school=mine.school).user, coordinator, CoordinatorFactory()):
        assert not opened(visit, by)
    assert openings() == 0


# --- The pages


def test_the_page_shows_it_once_by_post(as_supporter, booking):
    visit = HomeVisitFactory(booking=booking, checked=True)
    page = reverse("safety:visit_address", args=[visit.public_id])
    assertNotContains(as_supporter.get(reverse("safety:visit_detail", args=[visit.public_id])), STREET)
    assertNotContains(as_supporter.get(page), STREET)
    assert openings() == 0
    answer = as_supporter.post(page)
    assertContains(answer, STREET)
    assertNotContains(answer, CANARIES[4])  # the phone is another matter
    assertNotContains(as_supporter.get(page), STREET)
    assert openings() == 1


def test_the_phone_still_opens_to_get_in_touch_at_any_time(as_supporter, mine):
    page = reverse("students:reach", args=[mine.student.public_id])
    answer = as_supporter.post(page)
    assertContains(answer, CANARIES[4])
    assertNotContains(answer, STREET)


def test_the_page_says_from_when(as_supporter, booking):
    visit = HomeVisitFactory(booking=booking, checked=True)
    booked(booking, starts_in=90, ends_in=150)
    page = as_supporter.get(reverse("safety:visit_detail", args=[visit.public_id]))
    assertContains(page, "Adressen kan öppnas från")
    assertNotContains(page, reverse("safety:visit_address", args=[visit.public_id]))


# --- Whoever has taken the alarm


def alarm_of(visit, **fields) -> Alarm:
    copies = {"organisation_id": visit.organisation_id, "school_id": visit.school_id, "number": visit.number}
    with owner():
        return Alarm.objects.create(
            visit=visit, supporter=visit.supporter, kind="overdue", **copies, **fields
        )


def taken(visit, by) -> Alarm:
    return alarm_of(visit, taken_at=timezone.now(), taken_by=by)


def where(alarm, by):
    with scope(by):
        return services.open_alarm_address(alarm=alarm)


def test_whoever_has_taken_the_alarm_sees_where_and_both_logs_say_so(visit, mine):
    colleague = PeerSupporterFactory(school=mine.school).user
    found = where(taken(visit, colleague), colleague)
    assert (found.street, found.city) == (STREET, "Övningsby")
    assert not [name for name in (CANARIES[0], CANARIES[1], CANARIES[4]) if name in str(found)]
    assert openings() == 1 and log_of(visit) == [("address_opened", "signed_in", colleague.pk)]


@pytest.mark.parametrize("how", ["not taken", "taken by another", "over"])
def test_an_alarm_that_is_not_ones_own_opens_nothing(visit, mine, coordinator, how):
    colleague = PeerSupporterFactory(school=mine.school).user
    if how == "not taken":
        alarm = alarm_of(visit)
    elif how == "taken by another":
        alarm = taken(visit, coordinator)
    else:
        over = {"resolved_at": timezone.now(), "outcome": "all_well"}
        alarm = alarm_of(visit, taken_at=timezone.now(), taken_by=colleague, **over)
    assert not where(alarm, colleague)
    assert openings() == 0 and log_of(visit) == []


@pytest.mark.parametrize("how", ["protected", "elsewhere"])
def test_never_a_protected_home_but_the_place(visit, mine, coordinator, how):
    with owner():
        if how == "protected":
            type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
        else:
            change(visit, company="elsewhere")
        Booking.objects.filter(pk=visit.booking_id).update(place="Biblioteket")
    found = where(taken(visit, coordinator), coordinator)
    assert (found.street, found.postal_code, found.city, found.place) == ("", "", "", "Biblioteket")
