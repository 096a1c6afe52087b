"""The pages of home visits: the next act on Min dag, the visit and its log, today's visits without pupils."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import BookingFactory, CoordinatorFactory, HomeVisitFactory, VisitLogFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from safety import services
from safety.models import DutyStep, HomeVisit, WatchBeat
from tests.safety.conftest import CANARIES, change, log_of, stored
from tests.safety.house import House
from visits.models import Booking

pytestmark = pytest.mark.django_db
MY_DAY = reverse("overviews:my_day")


def url(name, visit):
    return reverse(f"safety:{name}", args=[visit.public_id])


def risk(booking):
    return reverse("safety:risk_check", args=[booking.public_id])


# --- Min dag


@pytest.mark.parametrize(
    ("state", "act", "label"),
    [
        ({}, None, "Riskkoll"),
        ({"checked": True}, "visit_leave", "På väg"),
        ({"left": True}, "visit_check_in", "Jag är framme"),
        ({"checked_in": True}, "visit_finish", "Jag är klar"),
    ],
)
def test_the_row_of_a_visit_has_its_next_act(as_supporter, booking, state, act, label):
    visit = HomeVisitFactory(booking=booking, **state)
    page = as_supporter.get(MY_DAY)
    assertContains(page, label)
    assertContains(page, url(act, visit) if act else risk(booking))
    others = {"visit_leave", "visit_check_in", "visit_finish"} - {act}
    assert not [name for name in others if url(name, visit) in page.content.decode()]


def test_a_booking_without_a_visit_begins_with_the_risk_check(as_supporter, booking):
    assertContains(as_supporter.get(MY_DAY), risk(booking))


def test_a_visit_that_goes_on_stands_there_also_when_its_booking_is_noted(as_supporter, visit):
    with owner():
        Booking.objects.update(status="done")
    page = as_supporter.get(MY_DAY)
    assertContains(page, url("visit_finish", visit))
    assertContains(page, visit.number)


def test_a_visit_that_is_over_is_to_be_noted(as_supporter, booking):
    HomeVisitFactory(booking=booking, ended=True)
    (row,) = as_supporter.get(MY_DAY).context["booked"]
    assert row.visit.acts == [] and str(booking.public_id) in row.contact_url


# --- The acts


def test_from_the_risk_check_to_ny_kontakt(as_supporter, booking, mine):
    answer = as_supporter.post(
        risk(booking), {"risk": "no", "company": "alone", "companion": "", "place": "", "gap_seen": "1"}
    )
    with owner():
        visit = HomeVisit.objects.get()
    assert answer.headers["Location"] == url("visit_detail", visit)
    for act in ("visit_leave", "visit_check_in"):
        assert as_supporter.post(url(act, visit)).headers["Location"] == url("visit_detail", visit)
    end = stored(visit).expected_end_at.isoformat()
    assertContains(
        as_supporter.post(url("visit_extend", visit), {"end": end}, follow=True), "Sparat: klar omkring"
    )
    answer = as_supporter.post(url("visit_finish", visit))
    new = reverse("visits:contact_create")
    expected = f"{new}?student={mine.student.public_id}&booking={booking.public_id}"
    assert answer.headers["Location"] == expected
    assert as_supporter.get(expected).status_code == 200


GO = {"risk": "no", "company": "alone", "companion": "", "place": ""}


def test_no_visit_starts_in_a_gap_unseen(as_supporter, booking):
    assertContains(as_supporter.get(risk(booking)), "Alla steg är inte bemannade då")
    page = as_supporter.post(risk(booking), GO)
    assertContains(page, "Kryssa i att du har sett det")
    with owner():
        assert not HomeVisit.objects.exists()
    assert as_supporter.post(risk(booking), GO | {"company": "not"}).status_code == 302
    assert as_supporter.post(risk(booking), GO | {"gap_seen": "1"}).status_code == 302
    with owner():
        visit = HomeVisit.objects.exclude(ended_how="not_made").get()
    assertContains(as_supporter.get(url("visit_detail", visit)), "Just nu har ingen jour i alla led")


def test_where_somebody_is_on_duty_at_every_step_nothing_is_asked(client):
    house = House()
    house.everybody_on_duty()
    house.turn(house.coordinator, DutyStep.COORDINATOR)
    booking = house.booking(timezone.now() + timedelta(minutes=5))
    client.force_login(house.user)
    assertNotContains(client.get(risk(booking)), "gap_seen")
    assert client.post(risk(booking), GO).status_code == 302


def test_the_visits_page_says_when_nobody_watches(as_supporter, visit):
    assertContains(as_supporter.get(url("visit_detail", visit)), "Larmet går inte just nu")
    with owner():
        WatchBeat.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
    assertNotContains(as_supporter.get(url("visit_detail", visit)), "Larmet går inte just nu")


@pytest.mark.parametrize("company", ["alone", "two", "elsewhere", "not"])
def test_palpable_risk_is_refused_on_the_page_for_one_alone_only(as_supporter, booking, company):
    said = {"risk": "yes", "company": company, "companion": "", "place": "Biblioteket", "gap_seen": "1"}
    answer = as_supporter.post(risk(booking), said)
    assert answer.status_code == (200 if company == "alone" else 302)
    if company == "alone":
        assertContains(answer, "Vid sådan risk åker ingen ensam")
        with owner():
            assert not HomeVisit.objects.exists()


def test_of_a_protected_pupil_nobody_goes_home(as_supporter, booking, mine):
    with owner():
        type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
        Booking.objects.update(place="Biblioteket")
    page = as_supporter.get(risk(booking))
    assertNotContains(page, 'value="alone"')
    assertContains(page, "adressen visas aldrig")
    said = {"risk": "no", "company": "elsewhere", "companion": "", "place": "Biblioteket", "gap_seen": "1"}
    page = as_supporter.post(risk(booking), said, follow=True)
    assertContains(page, "Ni ses på Biblioteket")
    assertNotContains(page, "Visa adressen")


def test_a_home_visit_to_a_protected_pupil_is_not_booked_without_a_place(as_supporter, mine):
    with owner():
        type(mine.student).objects.filter(pk=mine.student.pk).update(protection="marked")
    page = reverse("visits:booking_create", args=[mine.student.public_id])
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    said = {"kind": "home_visit", "on": day, "at": "13:30", "length": "60", "minutes": "", "place": ""}
    answer = as_supporter.post(page, said | {"form_key": str(uuid4())})
    assertContains(answer, "Skriv var ni ses")
    answer = as_supporter.post(page, said | {"form_key": str(uuid4()), "place": "Biblioteket"})
    assert answer.status_code == 302


def test_a_visit_now_leads_to_the_risk_check_and_sent_twice_is_one(as_supporter, mine):
    page = reverse("safety:visit_now")
    assertContains(as_supporter.get(page), CANARIES[0])
    said = {"form_key": str(uuid4()), "who": str(mine.student.public_id), "length": "45", "place": ""}
    for _tap in range(2):
        answer = as_supporter.post(page, said)
    with owner():
        booking = Booking.objects.get()
        assert HomeVisit.objects.get().booking == booking
    assert answer.headers["Location"] == risk(booking)


def test_a_visit_now_says_that_another_booking_comes(as_supporter, mine):
    soon = timezone.now() + timedelta(minutes=20)
    BookingFactory(assignment=mine, starts_at=soon, ends_at=soon + timedelta(hours=1))
    said = {"form_key": str(uuid4()), "who": str(mine.student.public_id), "length": "45", "place": ""}
    assertContains(as_supporter.post(reverse("safety:visit_now"), said), "Du har en annan bokning då")


def test_without_a_risk_check_one_is_led_there(as_supporter, booking):
    visit = HomeVisitFactory(booking=booking)
    for act in ("visit_leave", "visit_check_in"):
        assert as_supporter.post(url(act, visit)).headers["Location"] == risk(booking)


def test_a_call_for_help_stands_in_the_log_and_not_on_the_phone(as_supporter, client, coordinator, visit):
    """Whoever stands beside the supporter reads nothing of it, until the visit is over."""
    page = as_supporter.post(url("visit_help", visit), follow=True)
    assertNotContains(page, "hjälp")
    as_supporter.post(url("visit_finish", visit))
    assertContains(as_supporter.get(url("visit_detail", visit)), "bad om hjälp")
    client.force_login(coordinator)
    assertContains(client.get(url("visit_detail", visit)), "bad om hjälp")


def test_after_help_finishing_says_calmly_who_ends_it(as_supporter, visit):
    page = as_supporter.post(url("visit_help", visit), follow=True)
    assertContains(page, "Noterat.")
    assertNotContains(page, "Ångra")
    page = as_supporter.post(url("visit_finish", visit), follow=True)
    assertContains(page, "De som har blivit uppringda avslutar resten")


def test_nothing_is_shown_as_done_before_the_server_has_answered(as_supporter, booking):
    """Each act is a form whose answer is another page: nothing on the page changes before."""
    visit = HomeVisitFactory(booking=booking, left=True)
    page = as_supporter.get(url("visit_detail", visit)).content.decode()
    assert 'hx-swap="none"' in page and "Incheckad" not in page


@pytest.mark.parametrize("minutes", ["0", "-5", "9999", "abc", "٣٠"])
def test_minutes_that_cannot_be_are_as_none(as_supporter, booking, minutes):
    visit = HomeVisitFactory(booking=booking, left=True)
    as_supporter.post(url("visit_check_in", visit), {"minutes": minutes})
    now = stored(visit)
    assert now.expected_end_at - now.checked_in_at == timedelta(minutes=60)


@pytest.mark.parametrize("end", ["", "x", "2026-13-45T99:99", "2026-11-26T10:00:00"])
def test_an_end_that_was_never_shown_prolongs_nothing(as_supporter, visit, end):
    as_supporter.post(url("visit_extend", visit), {"end": end})
    assert stored(visit).expected_end_at == visit.expected_end_at and log_of(visit) == []


# --- The coordinator


def test_todays_visits_show_who_is_where_and_no_pupil(client, coordinator, mine, visit):
    later = timezone.now() + timedelta(minutes=1)
    BookingFactory(
        assignment=mine, starts_at=visit.booking.ends_at, ends_at=visit.booking.ends_at + timedelta(hours=1)
    )
    change(visit, expected_end_at=later)
    client.force_login(coordinator)
    page = client.get(reverse("safety:visit_list"))
    assertContains(page, mine.supporter.user.name)
    assertContains(page, "Incheckad")
    text = page.content.decode()
    assert not [canary for canary in CANARIES if canary in text]
    with owner():
        assert mine.student.alias not in text
    assertContains(client.get(reverse("overviews:overview")), reverse("safety:visit_list"))


def test_a_coordinator_of_elsewhere_sees_none(client, visit):
    client.force_login(CoordinatorFactory())
    assertContains(client.get(reverse("safety:visit_list")), "Inga hembesök i dag")
    assert client.get(url("visit_detail", visit)).status_code == 404


def test_the_visits_page_shows_its_log_and_no_name_in_its_title(client, coordinator, visit):
    VisitLogFactory(visit=visit, by=None, via="key", act="extended")
    client.force_login(coordinator)
    page = client.get(url("visit_detail", visit))
    assertContains(page, "med besökets nyckel")
    title = page.content.decode().partition("</title>")[0]
    assert not [canary for canary in CANARIES if canary in title]
    assertNotContains(page, "Jag är klar")


def test_the_timeline_says_that_the_visit_was_ended(client, coordinator, mine, booking):
    HomeVisitFactory(booking=booking, ended=True)
    client.force_login(coordinator)
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    assertContains(page, "Hembesöket avslutades")


def test_a_visit_is_ended_when_the_pupil_is_the_supporters_no_more(as_supporter, mine, visit, user):
    with owner():
        over = {"ended_at": timezone.now(), "ended_by": user, "end_reason": "slut"}
        type(mine).objects.filter(pk=mine.pk).update(**over)
    page = as_supporter.get(url("visit_detail", visit))
    assertContains(page, "Jag är klar")
    assert not [canary for canary in CANARIES if canary in page.content.decode()]
    assertContains(as_supporter.get(MY_DAY), url("visit_finish", visit))
    assert as_supporter.post(url("visit_finish", visit)).headers["Location"] == url("visit_detail", visit)


# --- Queries


@pytest.mark.parametrize("lines", [1, 30])
def test_the_visits_page_takes_eight_queries_however_long_its_log(as_supporter, visit, assert_queries, lines):
    VisitLogFactory.create_batch(lines, visit=visit)
    # session with user, scope, visit, booking with pupil, log of reads, who is on duty, log, the watch
    with assert_queries(8):
        as_supporter.get(url("visit_detail", visit))


@pytest.mark.parametrize("count", [1, 12])
def test_todays_visits_take_four_queries_however_many(client, coordinator, mine, assert_queries, count):
    start = timezone.now().replace(hour=1)
    for number in range(count):
        at = start + timedelta(minutes=20 * number)
        booking = BookingFactory(assignment=mine, starts_at=at, ends_at=at + timedelta(minutes=10))
        HomeVisitFactory(booking=booking, ended=True)
    client.force_login(coordinator)
    with assert_queries(4):  # session with user, scope, bookings, visits
        client.get(reverse("safety:visit_list"))


def test_the_small_page_of_a_key_takes_two_queries(client, visit, user, assert_queries):
    with scope(user):
        token = services.give_key(visit=visit, by=user)
    client.cookies[settings.VISIT_KEY_COOKIE_NAME] = f"{visit.public_id.hex}.{token}"
    with assert_queries(2):  # the key, the visit
        client.get(reverse("safety:visit_key"))
