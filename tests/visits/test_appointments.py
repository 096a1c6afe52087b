"""Time planned without a pupil: taken from nobody twice, shown where one looks, written down when it is over."""

import uuid
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AppointmentFactory,
    AssignmentFactory,
    BookingFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    SchoolFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, today
from peersupport.scope import scope
from visits import services
from visits.models import Appointment, BusyTime, OtherTime
from visits.services import Meeting, Plan

pytestmark = pytest.mark.django_db
NEW = reverse("visits:appointment_create")
HOUR = timedelta(hours=1)


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def karim(school):
    return PeerSupporterFactory(school=school)


@pytest.fixture
def leyla(school):
    return PeerSupporterFactory(school=school)


@pytest.fixture
def petra(school):
    return CoordinatorFactory(organisation=school.organisation)


def noon(days=7):
    return moment_at(today() + timedelta(days=days), time(12))


def filled_in(**changes):
    form = {"form_key": str(uuid.uuid4()), "kind": "supervision", "on": noon().date().isoformat()}
    return form | {"at": "12:00", "length": "60", "place": "Kansliet"} | changes


def stored(**fields):
    with owner():
        return list(Appointment.objects.filter(**fields).order_by("pk"))


def url(name, row):
    return reverse(f"visits:appointment_{name}", args=[row.public_id])


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- Planned


def test_a_supporter_plans_their_own_time_once_however_often_the_form_is_sent(client, karim):
    client.force_login(karim.user)
    form = filled_in()
    for _ in range(2):
        response = client.post(NEW, form, follow=True)
    (row,) = stored()
    assert (row.supporter_id, row.kind, row.minutes, row.place) == (karim.pk, "supervision", 60, "Kansliet")
    assert row.starts_at == noon() and row.made_by_id == karim.user_id
    page = response.content.decode()
    assert "12:00–13:00" in page and "Handledning" in page and "Kansliet" in page
    assert said(response)[0].startswith("Planerat:")


def test_a_coordinator_plans_for_several_and_each_has_their_own(client, karim, leyla, petra):
    client.force_login(petra)
    who = [str(one.public_id) for one in (karim, leyla)]
    assert client.get(NEW, {"supporter": who[0]}).context["form"].initial["who"] == [who[0]]
    response = client.post(NEW, filled_in(kind="team_meeting", who=who), follow=True)
    assert {row.supporter_id for row in stored()} == {karim.pk, leyla.pk}
    assert said(response)[0].startswith("Planerat för 2:")
    client.force_login(leyla.user)
    client.post(url("cancel", stored(supporter=leyla)[0]))
    assert [row.supporter_id for row in stored(cancelled_at__isnull=True)] == [karim.pk]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": ""}, "Välj vad det är"),
        ({"length": ""}, "Välj hur länge"),
        ({"on": (today() - timedelta(days=1)).isoformat()}, "Tiden har passerat"),
        ({"on": (today() + timedelta(days=500)).isoformat()}, "Högst ett år fram"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_typed_is_lost(client, karim, change, words):
    client.force_login(karim.user)
    page = client.post(NEW, filled_in(**change)).content.decode()
    assert words in page and "Kansliet" in page
    assert stored() == []


def test_a_coordinator_is_asked_for_whom(client, karim, leyla, petra):
    client.force_login(petra)
    assert "Välj för vem" in client.post(NEW, filled_in()).content.decode()
    stranger = PeerSupporterFactory()
    client.post(NEW, filled_in(who=[str(stranger.public_id)]))
    assert stored() == []


def test_who_has_no_profile_is_told(client, school):
    client.force_login(PeerUserFactory(organisation=school.organisation))
    assert "Ingen att planera för" in client.get(NEW).content.decode()


# --- Nobody is in two places at once


def test_neither_a_booking_nor_an_appointment_takes_the_others_time(client, karim):
    assignment = AssignmentFactory(supporter=karim)
    booking = BookingFactory(assignment=assignment, starts_at=noon(), ends_at=noon() + HOUR)
    client.force_login(karim.user)
    page = client.post(NEW, filled_in(at="12:30")).content.decode()
    assert "Du har något annat då" in page or "något annat" in page
    assert stored() == []
    client.post(NEW, filled_in(at="13:00"))
    (row,) = stored()
    with owner():
        assert BusyTime.objects.filter(source="appointment", source_id=row.pk).count() == 1
    plan = Plan("at_school", row.starts_at, row.ends_at)
    with scope(karim.user), pytest.raises(services.DoubleBooked):
        services.move_booking(booking=booking, by=karim.user, version=booking.version, plan=plan)


def test_of_several_none_is_planned_when_one_has_something_else(client, karim, leyla, petra):
    AppointmentFactory(supporter=leyla, starts_at=noon(), ends_at=noon() + HOUR)
    client.force_login(petra)
    who = [str(one.public_id) for one in (karim, leyla)]
    page = client.post(NEW, filled_in(who=who)).content.decode()
    assert leyla.user.name in page and "Inget är sparat" in page
    assert [row.supporter_id for row in stored()] == [leyla.pk]


# --- Moved, cancelled, put back


def test_an_appointment_is_moved_by_who_has_read_it(client, karim):
    row = AppointmentFactory(supporter=karim, starts_at=noon(), ends_at=noon() + HOUR)
    client.force_login(karim.user)
    form = filled_in(at="14:00", version="1", place="Torget")
    assert client.post(url("edit", row), form).status_code == 302
    assert stored()[0].starts_at == noon() + 2 * HOUR
    answer = client.post(url("edit", row), form | {"at": "15:00"})
    assert answer.status_code == 409 and stored()[0].starts_at == noon() + 2 * HOUR


def test_what_is_cancelled_gives_the_time_back_and_can_be_planned_again(client, karim):
    row = AppointmentFactory(supporter=karim, starts_at=noon(), ends_at=noon() + HOUR)
    client.force_login(karim.user)
    for _ in range(2):
        response = client.post(url("cancel", row), follow=True)
    assert url("restore", row) in response.content.decode()
    with owner():
        assert not BusyTime.objects.filter(source="appointment").exists()
    assert client.get(url("edit", row)).status_code == 302
    response = client.post(url("restore", row), follow=True)
    assert said(response)[-1] == "Den är planerad igen." and stored()[0].cancelled_at is None

    client.post(url("cancel", row))
    AppointmentFactory(supporter=karim, starts_at=noon(), ends_at=noon() + HOUR)
    response = client.post(url("restore", row), follow=True)
    assert "Något annat har tagit den tiden" in said(response)[-1] and stored(pk=row.pk)[0].cancelled_at


def test_what_a_coordinator_has_cancelled_the_supporter_plans_anew(client, karim, petra):
    row = AppointmentFactory(supporter=karim, made_by=petra)
    client.force_login(petra)
    client.post(url("cancel", row))
    client.force_login(karim.user)
    response = client.post(url("restore", row), follow=True)
    assert "Någon annan har ställt in" in said(response)[-1] and stored()[0].cancelled_at


def test_nobody_else_has_anything_to_do_with_it(client, karim, school):
    row = AppointmentFactory(supporter=karim)
    others = (
        PeerSupporterFactory(school=school).user,
        SupervisorFactory(organisation=school.organisation),
        CoordinatorFactory(),
    )
    for user in others:
        client.force_login(user)
        assert client.get(url("edit", row)).status_code == 404


# --- Where it stands


def test_it_stands_in_the_calendar_of_both_and_in_the_feed(client, karim, petra):
    row = AppointmentFactory(supporter=karim, starts_at=noon(), ends_at=noon() + HOUR, place="Kansliet")
    year, week, _day = noon().isocalendar()
    for user in (karim.user, petra):
        client.force_login(user)
        page = client.get(reverse("overviews:calendar"), {"week": f"{year}-W{week:02}"}).content.decode()
        assert "Handledning" in page and url("edit", row) in page
    with scope(karim.user):
        token = services.renew_feed(by=karim.user, shows_initials=True)
    feed = services.open_feed(token=token)
    assert [(one.starts_at, one.initials) for one in feed.times] == [(noon(), "")]


def test_today_it_stands_on_min_dag_and_leads_to_other_time(client, karim):
    now = timezone.now()
    row = AppointmentFactory(supporter=karim, starts_at=now - 2 * HOUR, ends_at=now - HOUR, kind="training")
    client.force_login(karim.user)
    booked = client.get(reverse("overviews:my_day")).context["booked"]
    if today() != timezone.localdate(row.starts_at):
        assert booked == []  # just after midnight
        return
    (line,) = booked
    page = client.get(line.contact_url)
    assert page.context["form"].initial["kind"] == "training"
    assert page.context["form"].initial["minutes"] == 60
    form = page.context["form"].initial | {"form_key": str(uuid.uuid4()), "travel_km": "", "note": ""}
    form |= {"on": form["on"].isoformat(), "at": f"{form['at']:%H:%M}"}
    assert client.post(reverse("visits:other_time_create"), form).status_code == 302
    with owner():
        assert OtherTime.objects.get().minutes == 60


def test_the_pages_take_few_queries(client, karim, assert_queries):
    row = AppointmentFactory(supporter=karim)
    client.force_login(karim.user)
    with assert_queries(3):  # session with user, scope, supporters
        client.get(NEW)
    with assert_queries(3):  # session with user, scope, the row
        client.get(url("edit", row))


def test_planning_counts_real_minutes_when_the_clock_is_set(karim):
    night = moment_at(today() + timedelta(days=7), time(23))
    meeting = Meeting("training", night, night + 12 * HOUR)
    with scope(karim.user):
        (row,) = services.plan_appointments(supporters=[karim], by=karim.user, meeting=meeting)
    assert row.minutes == 12 * 60
