"""Links: opened by whoever has the token, used once, refused without saying why."""

import hashlib
import logging
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from operations.link_pages import SESSION_KEY, use_link
from operations.models import LIFETIMES, Link, LinkKind, LinkOpening
from operations.services import first_openings, make_link, open_link, withdraw_links
from peersupport.demo.factories import CoordinatorFactory, PeerSupporterFactory
from peersupport.demo.owner import owner
from peersupport.lib.logging import JsonFormatter
from peersupport.scope import scope
from tests.access.asking import masked

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.operations.link_urls")]

INVITATION = LinkKind.INVITATION
THING = uuid.UUID(int=12)


@pytest.fixture
def maker():
    return CoordinatorFactory()


@pytest.fixture
def token(maker):
    with scope(maker):
        return make_link(kind=INVITATION, by=maker, object_id=THING)


def change(**fields) -> None:
    with owner():
        Link.objects.update(**fields)


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [f"app.{name}"])
        return cursor.fetchone()[0]


# --- The token


def test_a_token_has_at_least_128_bits_and_only_its_digest_is_kept(token):
    with owner(), connection.cursor() as cursor:
        cursor.execute("select to_jsonb(l)::text, token_digest from operations_link l")
        row, digest = cursor.fetchone()
    assert len(token) * 6 >= 128
    assert token not in row
    assert digest == hashlib.sha256(token.encode()).hexdigest()


def test_every_kind_has_a_lifetime(token):
    assert set(LIFETIMES) == set(LinkKind)
    with owner():
        link = Link.objects.get()
    assert abs(link.expires_at - link.created_at - timedelta(days=14)) < timedelta(minutes=1)


def test_the_digest_is_read_by_nobody(maker, token):
    with scope(maker), transaction.atomic():
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("select token_digest from operations_link")
        transaction.set_rollback(True)


# --- Opening


def test_open_link_says_what_it_is_for_and_writes_the_opening(maker, token):
    with transaction.atomic():
        link = open_link(kind=INVITATION, token=token)
        assert (link.kind, link.object_id, link.user_id, link.student_id) == (INVITATION, THING, None, None)
        assert (setting("link_kind"), setting("link_object")) == ("invitation", str(THING))
        assert setting("link_id") == str(link.pk)
    with owner():
        assert LinkOpening.objects.get().link_id == link.pk


def test_open_link_ends_the_scope_of_whoever_is_signed_in(maker, token):
    with scope(maker):
        assert setting("user_id") == str(maker.pk)
        assert open_link(kind=INVITATION, token=token)
        assert {setting(name) for name in ("user_id", "role", "membership_id")} == {""}


def test_the_next_scope_knows_nothing_of_the_link(maker, token):
    open_link(kind=INVITATION, token=token)
    with scope(maker):
        assert {setting(f"link_{name}") for name in ("id", "kind", "object", "student")} == {""}
    open_link(kind=INVITATION, token=token)
    with scope(maker):
        open_link(kind=INVITATION, token=token)
    assert {setting(f"link_{name}") for name in ("id", "kind", "object", "student")} == {""}


def test_a_link_with_a_users_rights_dies_with_the_user(maker):
    with scope(maker):
        token = make_link(kind=INVITATION, by=maker, user_id=maker.pk)
    assert open_link(kind=INVITATION, token=token).user_id == maker.pk
    assert setting("user_id") == str(maker.pk)
    with owner():
        maker.is_active = False
        maker.save(update_fields=["is_active"])
    assert open_link(kind=INVITATION, token=token) is None


def test_nobody_makes_a_link_with_anothers_rights_or_to_a_pupil_they_do_not_see(maker):
    from peersupport.demo.factories import StudentFactory

    other, student = PeerSupporterFactory().user, StudentFactory()
    for wrong in ({"user_id": other.pk}, {"student_id": student.pk}):
        with scope(maker), pytest.raises(Exception, match="row-level security"), transaction.atomic():
            make_link(kind=INVITATION, by=maker, **wrong)


REFUSED = {
    "used": {"used_at": timezone.now()},
    "expired": {"expires_at": timezone.now() - timedelta(seconds=1)},
    "withdrawn": {"withdrawn_at": timezone.now(), "withdrawn_by_id": 1},
    "another kind": {"kind": "calendar"},
    "wrong": {"token_digest": "0" * 64},
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_link_that_does_not_open_is_the_same_404_to_the_byte(client, token, why):
    missing = masked(client.get(f"/enter/{'x' * 43}/"))
    change(**REFUSED[why])
    assert masked(client.get(f"/enter/{token}/")) == missing
    assert missing[0] == 404 and "Set-Cookie" not in missing[1]
    with owner():
        assert LinkOpening.objects.count() == 0


@pytest.mark.parametrize("typed", ["a%00b", "%E4", "å" * 9, "x" * 3000, "' or 1=1"])
def test_whatever_is_typed_for_a_token_is_the_same_404(client, typed):
    missing = masked(client.get(f"/enter/{'x' * 43}/"))
    assert masked(client.get(f"/enter/{typed}/")) == missing


def test_a_link_whose_key_is_gone_is_the_same_404(client, token, settings):
    client.get(f"/enter/{token}/")
    settings.FIELD_KEYS = ["another"]
    assert masked(client.get("/behind/")) == masked(Client().get("/behind/"))


def test_no_log_line_holds_a_token(client, token):
    """Django logs the path of a page that is not found; ours says the page's name."""
    lines = []
    handler = logging.StreamHandler()
    handler.emit = lambda record: lines.append(JsonFormatter().format(record))
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    change(used_at=timezone.now())
    try:
        assert client.get(f"/enter/{token}/").status_code == 404
    finally:
        log.removeHandler(handler)
    assert "Not Found: enter_link" in lines[0]
    assert token not in "".join(lines)


@pytest.mark.parametrize("why", REFUSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_behind_a_link_closes_with_it(client, token, why, method):
    missing = masked(getattr(Client(), method)("/behind/"))
    client.get(f"/enter/{token}/")
    change(**REFUSED[why])
    assert masked(getattr(client, method)("/behind/")) == missing
    assert missing[0] == 404


# --- The way of the token


def test_the_token_leaves_the_address_at_once(client, token):
    response = client.get(f"/enter/{token}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/behind/")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.content == b""
    page = client.get("/behind/")
    assert page.content == f"for {THING}".encode()
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_the_token_lies_in_the_session_sealed(client, token):
    client.get(f"/enter/{token}/")
    assert list(client.session[SESSION_KEY]) == ["invitation"]
    assert token not in str(dict(client.session.items()))


def test_opening_uses_nothing_up(client, token):
    for browser in (client, Client(), client):
        for _ in range(2):
            browser.get(f"/enter/{token}/")
            assert browser.head("/behind/").status_code == 200
            assert browser.get("/behind/").status_code == 200
    with owner():
        assert Link.objects.get().used_at is None


def test_the_first_post_uses_it_and_the_second_finds_nothing(client, token):
    other = Client()
    for browser in (client, other):
        browser.get(f"/enter/{token}/")
    missing = masked(Client().post("/behind/"))
    assert client.post("/behind/").content == b"done"
    assert masked(other.post("/behind/")) == missing
    assert masked(client.post("/behind/")) == missing
    assert missing[0] == 404


def test_only_a_post_may_use_a_link_up(rf, token):
    link = open_link(kind=INVITATION, token=token)
    with pytest.raises(ValueError, match="by a POST only"):
        use_link(rf.get("/"), link)


# --- The maker's side


def test_withdraw_links_ends_all_of_the_thing_and_no_others(maker, token):
    with scope(maker):
        again = make_link(kind=INVITATION, by=maker, object_id=THING)
        other = make_link(kind=INVITATION, by=maker, object_id=uuid.UUID(int=13))
        assert withdraw_links(kind=INVITATION, object_id=THING, by=maker) == 2
        assert withdraw_links(kind=INVITATION, object_id=THING, by=maker) == 0
    for gone in (token, again):
        assert open_link(kind=INVITATION, token=gone) is None
    assert open_link(kind=INVITATION, token=other)


def test_withdraw_links_of_another_maker_does_nothing(maker, token):
    other = CoordinatorFactory()
    with scope(other):
        assert withdraw_links(kind=INVITATION, object_id=THING, by=other) == 0
        assert (
            withdraw_links(kind=INVITATION, object_id=THING, by=maker) == 0
        )  # however the first lock is asked
    assert open_link(kind=INVITATION, token=token)


def test_first_openings_tells_the_maker_when(maker, token):
    with scope(maker):
        assert first_openings(kind=INVITATION, object_ids=[THING], by=maker) == {}
    for _ in range(2):
        open_link(kind=INVITATION, token=token)
    with owner():
        first = min(LinkOpening.objects.values_list("at", flat=True))
    with scope(maker):
        assert first_openings(kind=INVITATION, object_ids=[THING], by=maker) == {THING: first}
