"""Bookings: planned, moved, cancelled, never two at once, and done when a contact is logged."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from visits import services
from visits.models import Booking, Contact
from visits.services import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory()


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


@pytest.fixture
def as_supporter(client, mine):
    client.force_login(mine.supporter.user)
    return client


def create_url(assignment):
    return reverse("visits:booking_create", args=[assignment.student.public_id])


def url(name, booking):
    return reverse(f"visits:booking_{name}", args=[booking.public_id])


def filled(**fields):
    day = today() + timedelta(days=3)
    return {
        "form_key": str(uuid4()),
        "kind": "home_visit",
        "on": day.isoformat(),
        "at": "13:30",
        "length": "60",
        "place": "biblioteket",
    } | fields


def saved():
    with owner():
        return list(Booking.objects.order_by("pk"))


def test_booking_create_once_however_often_it_is_sent(as_supporter, mine):
    form = filled()
    for _ in range(2):
        assert as_supporter.post(create_url(mine), form).status_code == 302

    (booking,) = saved()
    local = timezone.localtime(booking.starts_at)
    assert (local.date(), f"{local:%H:%M}") == (today() + timedelta(days=3), "13:30")
    assert (booking.minutes, booking.place, booking.status) == (60, "biblioteket", "planned")
    assert (booking.supporter_id, booking.made_by_id) == (mine.supporter_id, mine.supporter.user_id)


def test_booking_create_the_same_form_with_other_content_saves_nothing_more(as_supporter, mine):
    form = filled()
    as_supporter.post(create_url(mine), form)
    response = as_supporter.post(create_url(mine), form | {"at": "15:00"})

    assert response.status_code == 409 and len(saved()) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": "2020-01-01"}, "at"),
        ({"on": "9999-01-01"}, "on"),
        ({"on": ""}, "on"),
        ({"at": "25:00"}, "at"),
        ({"length": ""}, "length"),
        ({"length": "other", "minutes": ""}, "minutes"),
        ({"length": "other", "minutes": "0"}, "minutes"),
        ({"length": "other", "minutes": "721"}, "minutes"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "break_presence"}, "kind"),
        ({"kind": "drop_in"}, "kind"),
    ],
)
def test_booking_create_says_at_the_field_what_is_wrong(as_supporter, mine, fields, field):
    response = as_supporter.post(create_url(mine), filled(**fields))

    assert response.status_code == 200 and response.context["form"].errors[field]
    assert "biblioteket" in response.content.decode() and saved() == []


def test_booking_create_refuses_two_at_once_and_keeps_what_was_typed(as_supporter, mine):
    as_supporter.post(create_url(mine), filled())
    response = as_supporter.post(create_url(mine), filled(at="14:00", place="skolgården"))

    assert response.context["form"].errors["at"] and "skolgården" in response.content.decode()
    assert len(saved()) == 1
    assert as_supporter.post(create_url(mine), filled(at="14:30")).status_code == 302  # one after the other
    with owner():
        Booking.objects.update(
            status="cancelled", cancelled_at=timezone.now(), cancelled_by=mine.made_by, cancelled_because="us"
        )
    assert as_supporter.post(create_url(mine), filled()).status_code == 302  # the time is free again


def test_booking_create_by_another_schools_coordinator_says_busy_and_no_more(client, mine):
    elsewhere = AssignmentFactory(
        supporter=mine.supporter, case__student__school__organisation=mine.school.organisation
    )
    BookingFactory(assignment=mine, starts_at=timezone.now() + timedelta(days=3), place="hemlig plats")
    user = CoordinatorFactory(organisation=mine.school.organisation)
    client.force_login(user)
    with owner():
        local = timezone.localtime(Booking.objects.get().starts_at)
    response = client.post(create_url(elsewhere), filled(on=local.date().isoformat(), at=f"{local:%H:%M}"))

    assert response.context["form"].errors["at"] and "hemlig" not in response.content.decode()


def test_booking_create_by_a_coordinator_asks_with_whom_when_there_are_two(client, coordinator, mine):
    stand_in = AssignmentFactory(
        case=mine.case, kind="stand_in", supporter=PeerSupporterFactory(school=mine.school)
    )
    client.force_login(coordinator)

    assert client.post(create_url(mine), filled()).context["form"].errors["who"]
    form = filled(who=str(stand_in.public_id))
    assert client.post(create_url(mine), form).status_code == 302
    assert [booking.supporter_id for booking in saved()] == [stand_in.supporter_id]


def test_booking_create_refuses_a_day_after_the_assignment(as_supporter, mine):
    with owner():
        mine.ends_on = today() + timedelta(days=1)
        mine.save(update_fields=["ends_on"])
    response = as_supporter.post(create_url(mine), filled())

    assert response.context["form"].errors["on"] and saved() == []


def test_booking_create_for_a_pupil_without_supporter_explains(client):
    case = CaseFactory()
    client.force_login(CoordinatorFactory(organisation=case.school.organisation))
    response = client.get(reverse("visits:booking_create", args=[case.student.public_id]), follow=True)

    assert response.status_code == 200 and list(response.context["messages"])


@pytest.mark.parametrize("day", ["2027-03-28"])
def test_booking_create_refuses_a_time_that_the_spring_night_leaves_out(as_supporter, mine, day):
    response = as_supporter.post(create_url(mine), filled(on=day, at="02:30"))

    assert "02:30" in response.content.decode() and response.context["form"].errors["at"]
    assert saved() == []


def test_booking_create_takes_the_first_of_the_hour_that_comes_twice(as_supporter, mine):
    as_supporter.post(create_url(mine), filled(on="2027-10-31", at="02:30", length="other", minutes="90"))

    (booking,) = saved()
    assert booking.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert booking.minutes == 90


def test_booking_move_saves_and_the_second_writer_sees_both(as_supporter, mine):
    booking = BookingFactory(assignment=mine)
    form = filled(version="1", place="skolgården")
    assert as_supporter.post(url("move", booking), form).status_code == 302
    response = as_supporter.post(url("move", booking), filled(version="1", place="parken"))

    assert response.status_code == 409
    assert "parken" in response.content.decode() and "skolgården" in response.content.decode()
    assert (saved()[0].place, saved()[0].version) == ("skolgården", 2)


def test_booking_move_refuses_a_time_that_is_taken(as_supporter, mine):
    BookingFactory(assignment=mine)
    second = BookingFactory(assignment=mine)
    first, _second = saved()
    local = timezone.localtime(first.starts_at)
    form = filled(version="1", on=local.date().isoformat(), at=f"{local:%H:%M}")

    assert as_supporter.post(url("move", second), form).context["form"].errors["at"]


def test_booking_cancel_says_who_and_why(as_supporter, mine):
    booking = BookingFactory(assignment=mine)
    assert as_supporter.post(url("cancel", booking), {"note": ""}).context["form"].errors["because"]
    as_supporter.post(url("cancel", booking), {"because": "student", "note": "Trött i dag."})

    (row,) = saved()
    assert (row.status, row.cancelled_because, row.cancel_note) == ("cancelled", "student", "Trött i dag.")
    assert row.cancelled_by_id == mine.supporter.user_id
    for name in ("cancel", "move"):  # again, in another window
        assert as_supporter.post(url(name, booking), filled(version="1", because="us")).status_code == 302
    assert saved()[0].cancelled_because == "student"


def test_booking_cancel_by_hand_offers_no_reason_of_the_machine(as_supporter, mine):
    booking = BookingFactory(assignment=mine)

    assert as_supporter.post(url("cancel", booking), {"because": "ended"}).context["form"].errors["because"]


def test_booking_of_another_supporter_is_not_seen(client, mine):
    other = AssignmentFactory(
        case=mine.case, kind="stand_in", supporter=PeerSupporterFactory(school=mine.school)
    )
    booking = BookingFactory(assignment=other)
    client.force_login(mine.supporter.user)

    assert client.get(url("move", booking)).status_code == 404


def test_contact_create_from_a_booking_is_prefilled_and_marks_it_done(as_supporter, mine, assert_queries):
    booking = BookingFactory(
        assignment=mine,
        kind="at_school",
        place="skolgården",
        starts_at=timezone.now() - timedelta(hours=3),
        ends_at=timezone.now() - timedelta(hours=2, minutes=30),
    )
    link = f"{reverse('visits:contact_create')}?student={mine.student.public_id}&booking={booking.public_id}"
    form = as_supporter.get(link).context["forms"].occasion_form
    local = timezone.localtime(booking.starts_at)
    assert (form["kind"].value(), form["place"].value(), form["length"].value()) == (
        "at_school",
        "skolgården",
        "30",
    )
    assert form["on"].value() == local.date()

    part = str(mine.student.public_id)
    sent = {
        "form_key": str(uuid4()),
        "student": part,
        "booking": str(booking.public_id),
        "kind": "at_school",
        "length": "30",
        "on": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "place": "skolgården",
        f"{part}-outcome": "met",
    }
    with assert_queries(7):  # no note; session with user, scope, pupil, key, contact, part, booking
        assert as_supporter.post(reverse("visits:contact_create"), sent).status_code == 302
    assert saved()[0].status == "done"
    with owner():
        assert Contact.objects.count() == 1


def test_contact_create_of_another_pupil_leaves_the_booking(as_supporter, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    booking = BookingFactory(assignment=mine)
    with scope(mine.supporter.user):
        pupils = services.pupils_to_log(by=mine.supporter.user, among=[other.student.public_id])
        services.complete_booking(public_id=booking.public_id, by=mine.supporter.user, pupils=pupils)

    assert saved()[0].status == "planned"


def test_bookings_are_logged_as_reads(as_supporter, mine):
    as_supporter.get(create_url(mine))

    with owner():
        assert AccessLog.objects.get().page == "visits:booking_create"


def test_plan_booking_in_the_past_is_refused_by_the_service(mine):
    user = mine.supporter.user
    start = timezone.now() - timedelta(minutes=1)
    with scope(user), pytest.raises(services.InThePast):
        services.plan_booking(
            assignment=mine, by=user, plan=Plan("phone", start, start + timedelta(minutes=30))
        )


def test_booking_create_names_a_supporter_once_who_is_main_and_stand_in(client, coordinator, mine):
    AssignmentFactory(case=mine.case, kind="stand_in", supporter=mine.supporter)
    client.force_login(coordinator)

    assert "who" not in client.get(create_url(mine)).context["form"].fields
