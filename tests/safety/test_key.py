"""The visit key: three acts without a session, of this visit and no other, and the same refusal for all else."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from operations.models import Link
from peersupport.demo.factories import (
    BookingFactory,
    CoordinatorFactory,
    HomeVisitFactory,
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from safety import services
from safety.models import Alarm
from tests.access.asking import masked
from tests.safety.conftest import CANARIES, change, log_of, stored

pytestmark = pytest.mark.django_db
COOKIE = settings.VISIT_KEY_COOKIE_NAME
ACTS = ("visit_finish", "visit_extend", "visit_help")


@pytest.fixture(autouse=True)
def nothing_tried():
    cache.clear()


@pytest.fixture
def token(visit, user):
    with scope(user):
        return services.give_key(visit=visit, by=user)


@pytest.fixture
def phone(client, visit, token):
    """Not signed in, with the key."""
    return holding(client, visit, token)


def holding(client, visit, token) -> Client:
    client.cookies[COOKIE] = f"{visit.public_id.hex}.{token}"
    return client


def url(name, visit):
    return reverse(f"safety:{name}", args=[visit.public_id])


def body(visit) -> dict[str, str]:
    return {"end": stored(visit).expected_end_at.isoformat()}


def links() -> list[Link]:
    with owner():
        return list(Link.objects.order_by("created_at"))


def helped() -> int:
    with owner():
        return Alarm.objects.filter(kind="help").count()


# --- Given


@pytest.mark.parametrize("act", ["visit_leave", "visit_check_in"])
def test_the_phone_is_given_a_key_when_the_visit_begins(as_supporter, booking, act):
    visit = HomeVisitFactory(booking=booking, checked=True)
    answer = as_supporter.post(url(act, visit))
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert bool(cookie["secure"]) is settings.VISIT_KEY_COOKIE_SECURE
    token = cookie.value.partition(".")[2]
    (link,) = links()
    assert len(token) * 6 >= 128 and link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert (link.kind, link.object_id, link.student_id) == ("visit_key", visit.public_id, None)
    assert abs(link.expires_at - booking.ends_at - timedelta(hours=4)) < timedelta(minutes=1)


def test_a_phone_that_holds_the_key_is_given_no_other(as_supporter, visit):
    as_supporter.post(url("visit_extend", visit), body(visit))
    as_supporter.post(url("visit_extend", visit), body(visit))
    assert len(links()) == 1


def test_in_service_the_cookie_goes_over_https_only():
    text = (settings.BASE_DIR / "peersupport/settings.py").read_text()
    assert 'VISIT_KEY_COOKIE_NAME = "visit-key" if IS_LOCAL else "__Host-visit-key"' in text
    assert "VISIT_KEY_COOKIE_SECURE = not IS_LOCAL" in text


def test_the_key_lives_four_hours_longer_than_the_expected_end_also_when_that_moves(phone, visit):
    before = links()[0].expires_at
    assert before == visit.expected_end_at + timedelta(hours=4)
    phone.post(url("visit_extend", visit), body(visit))
    assert links()[0].expires_at == before + timedelta(minutes=15)


# --- What it opens


def test_the_key_ends_the_visit(phone, visit):
    answer = phone.post(url("visit_finish", visit))
    assert answer.headers["Location"] == reverse("safety:visit_over")
    assert answer.cookies[COOKIE].value == ""
    assert stored(visit).ended_how == "done"
    assert log_of(visit) == [("done", "key", None)]
    assert phone.get(reverse("safety:visit_over")).status_code == 200


def test_the_key_prolongs_the_visit(phone, visit):
    answer = phone.post(url("visit_extend", visit), body(visit), follow=True)
    assert stored(visit).expected_end_at == visit.expected_end_at + timedelta(minutes=15)
    assert answer.redirect_chain == [(reverse("safety:visit_key"), 302)]
    assert log_of(visit) == [("extended", "key", None)]


def test_the_key_calls_for_help_and_the_screen_gives_nothing_away(phone, visit):
    answer = phone.post(url("visit_help", visit), follow=True)
    assert helped() == 1 and log_of(visit) == [("help", "key", None)]
    assert [str(text) for text in get_messages(answer.wsgi_request)] in ([], ["Noterat."])
    page = answer.content.decode().lower()
    assert "noterat." in page
    assert not [word for word in ("hjälp", "larm", "ångra", "help", "alarm") if word in _words(page)]


def _words(page: str) -> str:
    """What is read on the page: the addresses of its forms are not."""
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") :])


@pytest.mark.parametrize("act", ACTS)
def test_a_session_that_died_after_61_minutes_is_no_hindrance(as_supporter, visit, act):
    """From the page that happened to be open, in the one tap: the same request that finds the session dead."""
    as_supporter.post(url("visit_extend", visit), body(visit))  # the phone holds a key since
    with owner():
        Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=61))
    as_supporter.post(url(act, visit), body(visit))
    assert log_of(visit)[-1] == (
        {"visit_finish": "done", "visit_extend": "extended", "visit_help": "help"}[act],
        "key",
        None,
    )
    assert as_supporter.get(reverse("overviews:my_day")).status_code == 302  # and nothing else is open


def test_every_other_page_still_asks_for_a_session(as_supporter, visit):
    as_supporter.post(url("visit_extend", visit), body(visit))
    with owner():
        Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=61))
    assert as_supporter.get(url("visit_detail", visit)).headers["Location"] == reverse("account_login")


def test_the_token_of_the_page_outlives_the_session(visit, user):
    """What the open page sends with its form holds against the cookie, which no dead session takes along."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    page = client.get(url("visit_detail", visit))
    token = str(page.context["csrf_token"])
    client.post(url("visit_extend", visit), body(visit) | {"csrfmiddlewaretoken": token})
    with owner():
        Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=61))
    assert client.post(url("visit_finish", visit)).status_code == 403  # without the page's token
    client.post(url("visit_finish", visit), {"csrfmiddlewaretoken": token})
    assert stored(visit).ended_how == "done"


def test_the_small_page_shows_number_and_time_and_nobody(phone, visit):
    page = phone.get(reverse("safety:visit_key")).content.decode()
    assert visit.number in page and "Jag är klar" in page and "+15 min" in page and "Ring mig" in page
    assert not [canary for canary in CANARIES if canary in page]
    with owner():
        names = [
            visit.supporter.user.family_name,
            str(visit.booking.student.public_id),
            str(visit.booking.student.alias),
        ]
    assert not [name for name in names if name in page]


def test_the_sign_in_page_leads_to_it_when_the_phone_holds_a_key(client, visit, token):
    link = reverse("safety:visit_key")
    assert link not in client.get(reverse("account_login")).content.decode()
    assert link in holding(client, visit, token).get(reverse("account_login")).content.decode()


def test_the_key_reads_no_table_but_its_visit(visit, token, db):
    with connection.cursor() as cursor:
        cursor.execute("select * from open_link(%s, 'visit_key')", [token])
        for table in ("visits_booking", "students_student", "schools_school", "safety_visitlog"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("select public_id from safety_homevisit")
        assert cursor.fetchall() == [(visit.public_id,)]


# --- What it does not


def refusals(held, token, tried) -> list[tuple]:
    """Each act on the visit `tried`, with a key said to be of the visit `held`."""
    found = [masked(holding(Client(), held, token).post(url(act, tried), body(tried))) for act in ACTS]
    assert len(set(map(str, found))) == 1
    return found[:1]


def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(visit, token, user, mine):
    now = timezone.now() + timedelta(hours=3)
    other = HomeVisitFactory(
        booking=BookingFactory(assignment=mine, starts_at=now, ends_at=now + timedelta(hours=1)),
        checked_in=True,
    )
    wrong = {
        "forged": "x" * 43,
        "with a zero": "a\0b",
        "of another kind": "the-token-of-the-coordinators-link",
    }
    answers = {name: refusals(visit, said, visit) for name, said in wrong.items()}
    cache.clear()
    answers["another visit's"] = refusals(visit, token, other)
    with owner():
        Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answers["run out"] = refusals(visit, token, visit)
    with owner():
        Link.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    cache.clear()
    with scope(user):
        assert services.end_keys(public_id=visit.public_id) == 1  # lost
    answers["lost"] = refusals(visit, token, visit)
    first = next(iter(answers.values()))
    assert first[0][0] == 404
    assert {name for name, answer in answers.items() if answer != first} == set()
    assert log_of(visit) == log_of(other) == [] and helped() == 0


@pytest.mark.parametrize("by", ["session", "alarm"])
def test_a_key_is_over_with_its_visit_whoever_ends_it(visit, token, user, by):
    if by == "session":
        with scope(user):
            services.finish(visit=visit, by=user)
    else:
        change(visit, ended_at=timezone.now(), ended_how="alarm")
    assert refusals(visit, token, visit)[0][0] == 404
    assert helped() == 0


def test_without_a_key_and_a_session_one_is_asked_to_sign_in(client, visit):
    for act in ACTS:
        assert client.post(url(act, visit)).headers["Location"] == reverse("account_login")


def test_wrong_keys_are_counted_and_a_right_one_never_waits(client, visit, token):
    wrong = holding(Client(), visit, "x" * 43)
    statuses = []
    for _try in range(12):
        holding(wrong, visit, "x" * 43)
        statuses.append(wrong.post(url("visit_help", visit)).status_code)
    assert statuses == [404] * 10 + [429] * 2
    assert holding(client, visit, token).post(url("visit_help", visit)).status_code == 302


@pytest.mark.parametrize(
    ("who", "ended"), [("supporter", 1), ("coordinator", 1), ("stranger", 0), ("colleague", 0)]
)
def test_a_lost_phones_key_is_ended_by_its_supporter_or_a_coordinator(
    client, visit, token, user, coordinator, mine, who, ended
):
    by = {
        "supporter": lambda: user,
        "coordinator": lambda: coordinator,
        "stranger": CoordinatorFactory,
        "colleague": lambda: PeerSupporterFactory(school=mine.school).user,
    }[who]()
    client.force_login(by)
    assert client.post(url("visit_end_keys", visit)).status_code == (302 if ended else 404)
    assert (holding(Client(), visit, token).post(url("visit_help", visit)).status_code == 404) is bool(ended)


def test_of_another_role_the_session_does_not_count_and_the_key_does(client, visit, token, coordinator):
    client.force_login(coordinator)
    assert client.post(url("visit_finish", visit)).status_code == 403
    stranger = Client()
    stranger.force_login(PeerSupporterFactory().user)
    assert stranger.post(url("visit_finish", visit)).status_code == 404
    assert holding(stranger, visit, token).post(url("visit_finish", visit)).status_code == 302
    assert log_of(visit) == [("done", "key", None)]


def test_a_tap_by_htmx_is_led_on_with_the_whole_page(phone, visit, htmx):
    answer = phone.post(url("visit_help", visit), headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, reverse("safety:visit_key"))


def test_a_page_of_another_visit_does_not_cost_the_phone_its_key(phone, visit, mine):
    later = timezone.now() + timedelta(hours=3)
    booking = BookingFactory(assignment=mine, starts_at=later, ends_at=later + timedelta(hours=1))
    assert phone.post(url("visit_finish", HomeVisitFactory(booking=booking))).status_code == 404
    assert phone.post(url("visit_finish", visit)).status_code == 302
