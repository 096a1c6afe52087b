"""Bookings by a rule: breaks left out, nine is nine, and moved or cancelled alone or with those that follow."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import AssignmentFactory, BookingFactory, SchoolBreakFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import day_of, moment_at
from visits.models import Booking

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def mine():
    return AssignmentFactory()


@pytest.fixture
def as_supporter(client, mine):
    client.force_login(mine.supporter.user)
    return client


def book(client, mine, **fields):
    filled = {
        "form_key": str(uuid4()), "kind": "home_visit", "on": MONDAY.isoformat(), "at": "09:00", "length": "60",
        "minutes": "", "place": "", "until": "2027-04-12", "weeks": "1", **fields,
    }  # fmt: skip
    return client.post(reverse("visits:booking_create", args=[mine.student.public_id]), filled)


def change(client, name, booking, **fields):
    return client.post(reverse(f"visits:booking_{name}", args=[booking.public_id]), fields)


def moved(booking, day, at="09:00", **fields):
    start = {"version": booking.version, "kind": "home_visit", "length": "60", "minutes": "", "place": ""}
    return start | {"on": day.isoformat(), "at": at, **fields}


def bookings() -> list[Booking]:
    with owner():
        return list(Booking.objects.order_by("starts_at"))


def days() -> list[date]:
    return [day_of(one.starts_at) for one in bookings()]


def local_times() -> set[time]:
    return {timezone.localtime(one.starts_at).time() for one in bookings()}


def test_a_rule_leaves_out_breaks_and_public_holidays_and_nine_stays_nine(as_supporter, mine):
    organisation = mine.school.organisation
    SchoolBreakFactory(organisation=organisation, first_on=date(2027, 3, 15), last_on=date(2027, 3, 19))
    assert book(as_supporter, mine).status_code == 302
    # 29 March is Easter Monday; on 28 March the clock is set forward.
    assert days() == [
        date(2027, 3, 1),
        date(2027, 3, 8),
        date(2027, 3, 22),
        date(2027, 4, 5),
        date(2027, 4, 12),
    ]
    assert local_times() == {time(9)}
    made = bookings()
    assert len({one.series_id for one in made}) == 1 and made[0].series_id is not None
    assert {one.ends_at - one.starts_at for one in made} == {timedelta(hours=1)}


def test_every_other_week_over_the_autumn_weekend(as_supporter, mine):
    assert book(as_supporter, mine, on="2027-10-18", until="2027-11-15", weeks="2").status_code == 302
    assert days() == [date(2027, 10, 18), date(2027, 11, 1), date(2027, 11, 15)]
    assert local_times() == {time(9)}


def test_without_a_last_day_it_is_one_booking_of_no_series(as_supporter, mine):
    assert book(as_supporter, mine, until="").status_code == 302
    (one,) = bookings()
    assert one.series_id is None


@pytest.mark.parametrize("until", ["2027-02-28", "2029-01-01", "x"])
def test_a_last_day_that_cannot_be_is_refused(as_supporter, mine, until):
    assert book(as_supporter, mine, until=until).context["form"].errors["until"]
    assert bookings() == []


def test_one_time_that_is_taken_says_which_and_books_none(as_supporter, mine):
    start = moment_at(date(2027, 3, 8), time(9, 30))
    BookingFactory(assignment=mine, starts_at=start, ends_at=start + timedelta(hours=1))
    response = book(as_supporter, mine)
    assert "mån 8 mars" in str(response.context["form"].errors["at"])
    assert len(bookings()) == 1


@pytest.mark.parametrize("shift", [7, -7, 1])
def test_moved_with_those_that_follow_each_goes_as_many_days(as_supporter, mine, shift):
    book(as_supporter, mine, until="2027-03-22")
    first, second, *_rest = bookings()
    day = day_of(second.starts_at) + timedelta(days=shift)
    with owner():
        Booking.objects.filter(pk=first.pk).update(
            starts_at=first.starts_at - timedelta(hours=5), ends_at=first.ends_at - timedelta(hours=5)
        )
    assert (
        change(as_supporter, "move", second, **moved(second, day, "10:30", following="on")).status_code == 302
    )
    expected = [date(2027, 3, number) + timedelta(days=shift) for number in (8, 15, 22)]
    later = [one for one in bookings() if one.pk != first.pk]
    assert [day_of(one.starts_at) for one in later] == expected
    assert {timezone.localtime(one.starts_at).time() for one in later} == {time(10, 30)}


def test_moved_alone_the_others_stay(as_supporter, mine):
    book(as_supporter, mine, until="2027-03-15")
    first, *_rest = bookings()
    change(as_supporter, "move", first, **moved(first, date(2027, 3, 3)))
    assert days() == [date(2027, 3, 3), date(2027, 3, 8), date(2027, 3, 15)]


def test_moved_over_the_spring_weekend_nine_stays_nine(as_supporter, mine):
    book(as_supporter, mine, on="2027-03-24", until="2027-04-07")
    first, *_rest = bookings()
    change(as_supporter, "move", first, **moved(first, date(2027, 3, 23), "08:00", following="on"))
    assert days() == [date(2027, 3, 23), date(2027, 3, 30), date(2027, 4, 6)]
    assert local_times() == {time(8)}


def test_one_that_cannot_be_moved_leaves_all_where_they_are(as_supporter, mine):
    book(as_supporter, mine, until="2027-03-15")
    first, *_rest = bookings()
    start = moment_at(date(2027, 3, 16), time(9))
    BookingFactory(assignment=mine, starts_at=start, ends_at=start + timedelta(hours=1))
    before = [(one.pk, one.starts_at, one.version) for one in bookings()]
    response = change(as_supporter, "move", first, **moved(first, date(2027, 3, 2), following="on"))
    assert "tis 16 mars" in str(response.context["form"].errors["at"])
    assert [(one.pk, one.starts_at, one.version) for one in bookings()] == before


def test_cancelled_with_those_that_follow_or_alone(as_supporter, mine):
    book(as_supporter, mine, until="2027-03-22")
    first, second, *_rest = bookings()
    change(as_supporter, "cancel", first, because="us", note="")
    assert [one.status for one in bookings()] == ["cancelled", "planned", "planned", "planned"]
    change(as_supporter, "cancel", second, because="school", note="", following="on")
    assert [one.status for one in bookings()] == ["cancelled"] * 4
    assert {one.cancelled_because for one in bookings()[1:]} == {"school"}


def test_the_last_of_a_series_and_one_alone_have_no_others_to_ask_about(as_supporter, mine):
    book(as_supporter, mine, until="2027-03-08")
    first, last = bookings()
    alone = BookingFactory(assignment=mine)
    for booking, asks in ((first, True), (last, False), (alone, False)):
        for name in ("move", "cancel"):
            page = as_supporter.get(reverse(f"visits:booking_{name}", args=[booking.public_id]))
            assert ("following" in page.context["form"].fields) is asks
