"""Kalender: the right week, whose it is, what stands in each other's way, and no name where none should be."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from overviews.rows.calendar import week_of, week_token
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    CoordinatorFactory,
    GroupDateFactory,
    GroupSeriesFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    SchoolBreakFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, monday_of, today
from students.models import Assignment
from visits.models import Booking, BusyTime

pytestmark = pytest.mark.django_db
PAGE = reverse("overviews:calendar")
CHOOSE = reverse("visits:booking_choose")


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


def book(assignment, day, at=time(9), minutes=60, **fields):
    start = moment_at(day, at)
    return BookingFactory(
        assignment=assignment, starts_at=start, ends_at=start + timedelta(minutes=minutes), **fields
    )


def entries(response) -> list:
    return [one for day in response.context["days"] for one in day.entries]


def week(day: date) -> str:
    return f"?week={week_token(day)}"


# --- Which week


@pytest.mark.parametrize(
    "text, monday",
    [
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W01", date(2027, 1, 4)),
        ("2027-W53", date(2026, 11, 23)),  # there is none: this week
        ("2026-W00", date(2026, 11, 23)),
        ("1999-W01", date(2026, 11, 23)),
        ("9999-W52", date(2026, 11, 23)),
        ("", date(2026, 11, 23)),
        ("' or 1=1", date(2026, 11, 23)),
    ],
)
def test_the_week_in_the_address(text, monday):
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC)):
        assert week_of(text) == monday


@pytest.mark.parametrize(
    "now, monday",
    [
        (datetime(2026, 11, 29, 22, 59, tzinfo=UTC), date(2026, 11, 23)),  # Sunday 23:59
        (datetime(2026, 11, 29, 23, 0, tzinfo=UTC), date(2026, 11, 30)),  # midnight in Stockholm
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 22)),
        (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),  # in summer an hour earlier
    ],
)
def test_a_week_begins_at_midnight_in_stockholm(now, monday):
    with time_machine.travel(now, tick=False):
        assert week_of("") == monday


def test_every_week_leads_to_the_next_and_back():
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
        monday = date(2025, 12, 29)
        for _ in range(104):
            assert week_of(week_token(monday)) == monday
            monday += timedelta(days=7)
    assert week_token(date(2026, 12, 31)) == week_token(date(2027, 1, 3)) == "2026-W53"


def test_the_page_leads_to_the_weeks_around_a_new_year(as_supporter):
    response = as_supporter.get(f"{PAGE}?week=2026-W53")
    assert response.context["before_url"] == f"{PAGE}?week=2026-W52"
    assert response.context["after_url"] == f"{PAGE}?week=2027-W01"
    assert [day.day for day in response.context["days"]] == [
        date(2026, 12, 28) + timedelta(days=n) for n in range(7)
    ]


@pytest.mark.parametrize("monday", [date(2027, 3, 22), date(2027, 10, 25)])
def test_a_time_stands_on_its_own_day_when_the_clock_is_set(as_supporter, mine, monday):
    for number in range(7):
        book(mine, monday + timedelta(days=number), time(0, 5))
        book(mine, monday + timedelta(days=number), time(23, 30), minutes=20)
    response = as_supporter.get(PAGE + week(monday))
    assert [len(day.entries) for day in response.context["days"]] == [2] * 7
    assert {one.time for one in entries(response)} == {"00:05–01:05", "23:30–23:50"}


# --- Whose


def test_a_supporter_sees_their_own_bookings_and_the_groups_they_lead(as_supporter, mine):
    day = monday_of(today()) + timedelta(days=9)
    booking = book(mine, day)
    colleague = AssignmentFactory(case=CaseFactory(student__school=mine.school))
    book(colleague, day)
    group = GroupSeriesFactory(school=mine.school, leaders=[mine.supporter.user])
    start = moment_at(day, time(13))
    date_ = GroupDateFactory(series=group, starts_at=start, ends_at=start + timedelta(hours=1))
    GroupDateFactory(
        series=GroupSeriesFactory(school=mine.school), starts_at=start, ends_at=start + timedelta(hours=1)
    )
    response = as_supporter.get(PAGE + week(day))
    first, second = entries(response)
    assert first.url == reverse("overviews:student_detail", args=[mine.student.public_id])
    assert first.move_url == reverse("visits:booking_move", args=[booking.public_id])
    assert second.cancel_url == reverse("visits:group_date_cancel", args=[date_.public_id])
    text = response.content.decode()
    assert mine.student.name in text and colleague.student.name not in text


def test_a_coordinator_sees_everybody_as_a_list_or_one_they_choose(client, mine):
    day = monday_of(today()) + timedelta(days=9)
    other = AssignmentFactory(case=CaseFactory(student__school=mine.school))
    book(mine, day), book(other, day)
    book(AssignmentFactory(), day)  # of another municipality
    client.force_login(CoordinatorFactory(organisation=mine.school.organisation))
    response = client.get(PAGE + week(day))
    assert len(entries(response)) == 2 and response.context["is_list"] and not response.context["can_book"]
    response = client.get(f"{PAGE}{week(day)}&supporter={other.supporter.public_id}")
    (entry,) = entries(response)
    assert entry.name == other.student.name and other.supporter.user.name in entry.text
    assert not response.context["is_list"] and response.context["can_book"]


@pytest.mark.parametrize("who", ["another municipality's", "nobody", "no id"])
def test_a_coordinator_gets_404_for_a_supporter_they_do_not_see(client, mine, who):
    client.force_login(CoordinatorFactory(organisation=mine.school.organisation))
    asked = {
        "another municipality's": PeerSupporterFactory().public_id,
        "nobody": "00000000-0000-4000-8000-000000000000",
        "no id": "x",
    }[who]
    assert client.get(f"{PAGE}?supporter={asked}").status_code == 404


def test_a_protected_pupil_is_called_by_the_alias_and_no_name_is_in_title_or_address(as_supporter, mine):
    with owner():
        mine.student.protection = "marked"
        mine.student.save(update_fields=["protection"])
    identity = mine.student.identity
    book(mine, today())
    text = as_supporter.get(PAGE).content.decode()
    assert mine.student.alias in text and identity.family_name not in text
    assert "Skyddade uppgifter" in text
    title = text.split("<title>")[1].split("</title>")[0]
    assert title == "Kalender – Peer Support"


def test_what_is_shown_is_in_the_log_of_reads(as_supporter, mine):
    book(mine, today())
    book(mine, today(), time(13))
    as_supporter.get(PAGE)
    with owner():
        log = AccessLog.objects.get(page="overviews:calendar")
    assert (log.student_ids, log.count, log.action) == ([mine.student_id], 1, "list")


# --- What it says


def test_two_times_at_once_say_so_and_what_only_meets_does_not(as_supporter, mine):
    day = today() + timedelta(days=7)
    group = GroupSeriesFactory(school=mine.school, leaders=[mine.supporter.user])
    start = moment_at(day, time(9, 30))
    GroupDateFactory(series=group, starts_at=start, ends_at=start + timedelta(hours=2))
    with owner():  # as a date that was planned before there were busy times
        BusyTime.objects.all().delete()
    book(mine, day, time(9))
    book(mine, day, time(10), minutes=30)
    book(mine, day, time(11, 30))
    assert [one.clashes for one in entries(as_supporter.get(PAGE + week(day)))] == [True, True, True, False]


def test_what_is_cancelled_is_in_nobodys_way_and_cannot_be_moved(as_supporter, mine):
    user, day = mine.supporter.user, today() + timedelta(days=7)
    fields = {
        "status": "cancelled",
        "cancelled_at": timezone.now(),
        "cancelled_by": user,
        "cancelled_because": "us",
    }
    book(mine, day, **fields)
    book(mine, day)
    first, second = entries(as_supporter.get(PAGE + week(day)))
    assert {first.is_cancelled, second.is_cancelled} == {True, False}
    assert not first.clashes and not second.clashes
    assert "" in {first.move_url, second.move_url}


def test_public_holidays_and_the_breaks_of_ones_own_schools_stand_there(client):
    organisation = OrganisationFactory()
    supporter = PeerSupporterFactory(organisation=organisation)
    assignment = AssignmentFactory(supporter=supporter, case__student__school__organisation=organisation)
    other = SchoolBreakFactory(
        organisation=organisation,
        school=assignment.school,
        first_on=date(2027, 1, 7),
        last_on=date(2027, 1, 8),
    )
    SchoolBreakFactory(
        organisation=organisation, school=None, first_on=date(2027, 1, 4), last_on=date(2027, 1, 5)
    )
    SchoolBreakFactory(first_on=date(2027, 1, 4), last_on=date(2027, 1, 8))  # another municipality's
    client.force_login(CoordinatorFactory(organisation=organisation))
    found = client.get(f"{PAGE}?week=2027-W01&supporter={supporter.public_id}").context["days"]
    assert [len(day.off) for day in found] == [1, 1, 1, 1, 1, 0, 0]
    assert found[2].off == ("Helgdag",)
    assert found[3].off[0].endswith(other.school.name)


def test_an_empty_week_says_so(as_supporter):
    text = as_supporter.get(PAGE).content.decode()
    assert "Inget är bokat den här veckan." in text


def test_the_page_costs_as_much_with_many_times_as_with_none(as_supporter, mine, assert_queries):
    with assert_queries(7):
        as_supporter.get(PAGE)
    group = GroupSeriesFactory(school=mine.school, leaders=[mine.supporter.user])
    for hour in range(8, 14):
        book(mine, today(), time(hour), minutes=30)
        start = moment_at(today(), time(hour, 30))
        GroupDateFactory(series=group, starts_at=start, ends_at=start + timedelta(minutes=20))
    with assert_queries(7):
        as_supporter.get(PAGE)


def test_the_coordinators_page_costs_as_much_with_many_as_with_few(client, mine, assert_queries):
    client.force_login(CoordinatorFactory(organisation=mine.school.organisation))
    book(mine, today())
    with assert_queries(8):
        client.get(PAGE)
    for hour in range(10, 14):
        book(AssignmentFactory(case=CaseFactory(student__school=mine.school)), today(), time(hour))
    with assert_queries(8):
        client.get(PAGE)


# --- Booking from a day


def test_a_day_leads_to_the_pupil_and_the_form_knows_the_day(as_supporter, mine):
    day = today() + timedelta(days=3)
    page = as_supporter.get(PAGE + week(day)).content.decode()
    assert f"{CHOOSE}?on={day.isoformat()}" in page
    choose = as_supporter.get(f"{CHOOSE}?on={day.isoformat()}")
    url = f"{reverse('visits:booking_create', args=[mine.student.public_id])}?on={day.isoformat()}"
    assert url in choose.content.decode() and mine.student.name in choose.content.decode()
    assert f'value="{day.isoformat()}"' in as_supporter.get(url).content.decode()


@pytest.mark.parametrize("day", ["2027-02-30", "x", "", "9999-99-99"])
def test_a_day_that_is_none_is_left_out(as_supporter, mine, day):
    assert as_supporter.get(f"{CHOOSE}?on={day}").status_code == 200
    url = reverse("visits:booking_create", args=[mine.student.public_id])
    assert as_supporter.get(f"{url}?on={day}").status_code == 200


def test_a_coordinator_books_for_the_supporter_whose_calendar_it_was(client, mine):
    other = AssignmentFactory(case=CaseFactory(student__school=mine.school))
    client.force_login(CoordinatorFactory(organisation=mine.school.organisation))
    text = client.get(f"{CHOOSE}?supporter={mine.supporter.public_id}").content.decode()
    assert mine.student.name in text and other.student.name not in text
    assert mine.student.name not in client.get(CHOOSE).content.decode()
    with owner():
        assert Booking.objects.count() == 0 and Assignment.objects.count() == 2
