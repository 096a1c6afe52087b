"""A supporter's phone on a visit: the session dies, the network goes, and what matters is still one tap away."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from operations.models import Link
from peersupport.demo.factories import BookingFactory, HomeVisitFactory
from peersupport.demo.owner import owner
from safety.models import Alarm, HomeVisit, VisitLog
from tests.browser.axe import scrolls_sideways, violations
from tests.browser.phones import NAMES, assigned

ACTS = {"Jag är klar": "done", "+15 min": "extended", "Ring mig": "help"}


@pytest.fixture
def visit(transactional_db):
    now = timezone.now()
    booking = BookingFactory(assignment=assigned(), starts_at=now, ends_at=now + timedelta(hours=1))
    return HomeVisitFactory(booking=booking, left=True)


def on_the_visit(visitor, visit, **options):
    """Checked in by a real tap, so that the phone holds a key; the visit's page is open."""
    phone = visitor(width=390, height=844, has_touch=True, **options).sign_in(visit.supporter.user)
    phone.open(reverse("safety:visit_detail", args=[visit.public_id]))
    phone.page.get_by_role("button", name="Jag är framme").click()
    phone.page.get_by_role("button", name="Jag är klar").wait_for()
    return phone


def hour_passes() -> None:
    """61 minutes without a tap."""
    with owner():
        Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=61))


def last_act(visit) -> tuple[str, str]:
    with owner():
        return VisitLog.objects.filter(visit=visit).values_list("act", "via").last()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("act", ACTS)
def test_after_61_minutes_each_act_takes_one_tap(visitor, visit, act, script):
    phone = on_the_visit(visitor, visit, java_script_enabled=script)
    hour_passes()
    phone.page.get_by_role("button", name=act, exact=True).click()
    phone.page.wait_for_url(re.compile("/home-visits/(key|over)/"))
    assert last_act(visit) == (ACTS[act], "key")
    text = phone.page.content()
    assert not [name for name in NAMES if name in text]
    if act == "Ring mig":
        with owner():
            assert Alarm.objects.filter(visit=visit, kind="help").count() == 1
        assert phone.page.get_by_text("Noterat.").is_visible()


def test_from_min_dag_too_and_on_from_the_sign_in_page(visitor, visit):
    phone = on_the_visit(visitor, visit)
    phone.open("/my-day/")
    hour_passes()
    phone.page.get_by_role("button", name=re.compile(r"^\+15 min")).click()
    phone.page.wait_for_url("**/home-visits/key/")
    phone.open("/my-day/")  # asks for a session, and offers the visit
    assert "/sign-in/" in phone.page.url
    phone.page.get_by_role("link", name="Öppna besöket").click()
    phone.page.get_by_role("button", name="Jag är klar").click()
    phone.page.wait_for_url("**/home-visits/over/")
    with owner():
        assert HomeVisit.objects.get().ended_how == "done"
    phone.open("/sign-in/")
    assert not phone.page.get_by_role("link", name="Öppna besöket").is_visible()


def test_a_lost_phone_can_do_nothing_more(visitor, visit):
    phone = on_the_visit(visitor, visit)
    hour_passes()
    with owner():
        ended = {"withdrawn_at": timezone.now(), "withdrawn_by_id": visit.supporter.user_id}
        Link.objects.filter(kind="visit_key").update(**ended)
    answer = phone.page.goto(reverse("safety:visit_key"))
    assert answer.status == 404
    with owner():
        assert HomeVisit.objects.get().ended_at is None


def test_no_script_reads_the_key(visitor, visit):
    phone = on_the_visit(visitor, visit)
    (cookie,) = [one for one in phone.context.cookies() if "visit-key" in one["name"]]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert "visit-key" not in phone.page.evaluate("document.cookie")


def test_without_a_network_the_page_says_so_and_the_button_stays(visitor, visit):
    phone = on_the_visit(visitor, visit)
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Jag är klar").click()
    notice = phone.page.locator("[data-no-network]")
    notice.wait_for()
    assert "räkna inte med att det är sparat" in notice.inner_text()
    assert notice.get_by_role("link", name="112").get_attribute("href") == "tel:112"
    assert violations(phone.page) == []
    with owner():
        assert HomeVisit.objects.get().ended_at is None
    phone.context.set_offline(False)
    phone.page.get_by_role("button", name="Jag är klar").click()
    phone.page.wait_for_url("**/contacts/new/**")
    with owner():
        assert HomeVisit.objects.get().ended_how == "done"


def test_the_small_page_is_for_everyone(visitor, visit):
    phone = on_the_visit(visitor, visit)
    hour_passes()
    faults = []
    for path in (reverse("safety:visit_key"), "/sign-in/"):
        phone.open(path)
        for scheme, width in (("light", 390), ("dark", 1280)):
            phone.page.emulate_media(color_scheme=scheme)
            phone.page.set_viewport_size({"width": width, "height": 844})
            faults += violations(phone.page)
        phone.page.set_viewport_size({"width": 320, "height": 700})
        assert not scrolls_sideways(phone.page)
    assert faults == []


@pytest.mark.parametrize("act", ["Jag är klar", "+15 min"])
def test_two_quick_taps_are_one(visitor, visit, act):
    phone = on_the_visit(visitor, visit)
    phone.page.get_by_role("button", name=act, exact=True).dblclick()
    phone.page.wait_for_load_state("networkidle")
    with owner():
        assert VisitLog.objects.filter(act=ACTS[act]).count() == 1
