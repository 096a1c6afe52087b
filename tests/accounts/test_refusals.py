"""What outlives a refusal, and what a session does not outlive."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog, Session
from operations.models import FormKey
from peersupport.demo.factories import PASSWORD, CoordinatorFactory, PeerUserFactory, UserFactory
from peersupport.demo.owner import owner
from peersupport.scope.policies import SIGN_IN_TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.refusing_urls")]

REFUSALS = {"missing": 404, "refused": 403, "broken": 500}
SCOPE = "peersupport.scope.middleware.Scope"
NEW_PASSWORD = "en ganska lång mening 47"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def signed_in(client, user):
    client.force_login(user, project.AUTHENTICATION_BACKENDS[0])
    return user


def is_at_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


def is_sent_whole_to_sign_in(response) -> bool:
    """As htmx needs it: a header to load the page by, and nothing to swap into a part of the old one."""
    at_sign_in = response.headers.get("HX-Redirect", "").startswith(reverse("account_login"))
    return response.status_code < 300 and at_sign_in and response.content == b""


# --- What is written after the rollback


@pytest.mark.parametrize(("view", "status"), REFUSALS.items())
def test_a_refusal_is_logged_and_its_half_done_work_undone(client, view, status):
    user = signed_in(client, CoordinatorFactory())

    assert client.get(f"/try/{view}/").status_code == status

    with owner():
        row = AccessLog.objects.get()
        assert FormKey.objects.count() == 0
    membership = user.memberships.model.objects
    with owner():
        held = membership.get(user=user)
    assert (row.user_id, row.membership_id, row.organisation_id) == (user.pk, held.pk, held.organisation_id)
    assert (row.action, row.page, row.reason, row.role) == ("denied", view, str(status), "coordinator")
    assert row.student_ids == row.school_ids == []
    assert len(row.request_id) == 32


def test_work_that_is_not_refused_stays_and_is_not_logged_as_refused(client):
    signed_in(client, CoordinatorFactory())
    assert client.get("/try/writing/").status_code == 200
    with owner():
        assert FormKey.objects.count() == 1
        assert AccessLog.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_log_of_refusals_is_committed_for_good(client):
    """In real transactions, as served: each refusal rolls back its own, and its row is there for another client."""
    signed_in(client, CoordinatorFactory())
    for view in REFUSALS:
        client.get(f"/try/{view}/")
    connection.close()
    with owner():
        assert sorted(AccessLog.objects.values_list("reason", flat=True)) == ["403", "404", "500"]
        assert FormKey.objects.count() == 0


def test_the_next_request_after_a_refusal_has_its_scope(client):
    user = signed_in(client, CoordinatorFactory())
    client.get("/try/broken/")
    assert client.get("/try/writing/").status_code == 200
    with owner():
        assert FormKey.objects.get().user_id == user.pk


def test_a_refused_user_without_membership_is_logged_too(client):
    user = signed_in(client, UserFactory())
    assert client.get("/try/refused/").status_code == 403
    with owner():
        row = AccessLog.objects.get()
    assert (row.user_id, row.membership_id, row.role) == (user.pk, None, "")


def test_an_anonymous_visitor_leaves_no_row(client):
    assert is_at_sign_in(client.get("/try/missing/"))
    assert client.get("/no/such/page/").status_code == 404
    with owner():
        assert AccessLog.objects.count() == 0


def test_failed_sign_ins_are_still_counted_and_end_in_a_refusal(client):
    user = UserFactory(signs_in=True)
    wrong = {"login": user.email, "password": "fel fel fel fel"}
    for _ in range(5):
        client.post(reverse("account_login"), wrong)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert not answer.wsgi_request.user.is_authenticated
    assert answer.status_code in {200, 429}


# --- The session


def test_session_and_user_come_in_one_query(client):
    signed_in(client, CoordinatorFactory())
    with CaptureQueriesContext(connection) as captured:
        client.get("/try/fine/")
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 2, asked
    assert '"accounts_session"' in asked[0] and '"accounts_user"' in asked[0]
    assert "scope_begin" in asked[1]


def test_a_session_ends_after_an_hour_without_use(client, htmx):
    for headers, is_out in ((None, is_at_sign_in), (htmx, is_sent_whole_to_sign_in)):
        signed_in(client, CoordinatorFactory())
        seen(client, timedelta(minutes=61))
        assert is_out(client.get("/try/fine/", headers=headers))
        with owner():
            assert not Session.objects.filter(
                session_key=client.session.session_key, user__isnull=False
            ).exists()


def test_use_keeps_a_session_alive_and_is_noted_at_most_once_a_minute(client):
    signed_in(client, CoordinatorFactory())
    seen(client, timedelta(minutes=59))
    assert client.get("/try/fine/").status_code == 200
    assert timezone.now() - row_of(client).last_seen_at < timedelta(seconds=30)

    before = seen(client, timedelta(seconds=40))
    client.get("/try/fine/")
    assert row_of(client).last_seen_at == before


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(client):
    signed_in(client, CoordinatorFactory())
    ends = row_of(client).expire_date
    assert abs(ends - timezone.now() - timedelta(hours=12)) < timedelta(minutes=1)
    session = client.session
    session["x"] = "y"
    session.save()
    assert row_of(client).expire_date == ends

    with owner():
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert is_at_sign_in(client.get("/try/fine/"))


def row_of(client) -> Session:
    with owner():
        return Session.objects.get(session_key=client.cookies[project.SESSION_COOKIE_NAME].value)


def seen(client, ago: timedelta):
    """Last used so long ago; returns the moment."""
    moment = timezone.now() - ago
    with owner():
        Session.objects.filter(pk=row_of(client).pk).update(last_seen_at=moment)
    return moment


def test_a_deactivated_user_is_out_at_the_next_request(client, htmx):
    user = signed_in(client, CoordinatorFactory())
    assert client.get("/try/fine/").status_code == 200
    with owner():
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert is_at_sign_in(client.get("/try/fine/"))
    assert is_sent_whole_to_sign_in(client.get("/try/fine/", headers=htmx))
    assert is_sent_whole_to_sign_in(client.post("/try/fine/", headers=htmx))


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client):
    user = UserFactory(signs_in=True)
    other = Client()
    for browser in (client, other):
        browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        assert browser.get("/try/fine/").status_code == 200

    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), new).status_code == 302

    assert client.get("/try/fine/").status_code == 200
    assert is_at_sign_in(other.get("/try/fine/"))


def test_signing_in_changes_the_session_key(client):
    user = UserFactory(signs_in=True)
    client.get(reverse("account_login"))
    planted = client.session.session_key
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.session.session_key not in {None, planted}


def test_a_session_names_its_user_so_that_all_of_them_can_be_ended(client):
    user = signed_in(client, CoordinatorFactory())
    assert row_of(client).user_id == user.pk
    with owner():
        Session.objects.filter(user=user).delete()
    assert is_at_sign_in(client.get("/try/fine/"))


# --- The second factor


@pytest.mark.parametrize("page", ["/try/fine/", "/try/writing/"])
def test_whoever_needs_a_second_factor_sets_it_up_first(client, settings, page):
    settings.SECOND_FACTOR_REQUIRED = True
    signed_in(client, CoordinatorFactory(needs_second_factor=True))
    for answer in (client.get(page), client.post(page)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    with owner():
        assert FormKey.objects.count() == 0


def test_without_the_second_factor_htmx_loads_the_whole_page(client, settings, htmx):
    settings.SECOND_FACTOR_REQUIRED = True
    signed_in(client, CoordinatorFactory(needs_second_factor=True))
    answer = client.get("/try/fine/", headers=htmx)
    assert answer.headers.get("HX-Redirect") == reverse("mfa_activate_totp")


def test_a_peer_supporter_may_do_without_the_second_factor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    signed_in(client, PeerUserFactory(needs_second_factor=False))
    assert client.get("/try/fine/").status_code == 200


def test_with_the_second_factor_set_up_the_pages_open(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = signed_in(client, CoordinatorFactory(needs_second_factor=True))
    with owner():
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert client.get("/try/fine/").status_code == 200


def test_without_the_second_factor_one_can_still_leave(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    signed_in(client, CoordinatorFactory(needs_second_factor=True))
    assert client.post(reverse("account_logout")).status_code == 302
    assert is_at_sign_in(client.get("/try/fine/"))


# --- Before the scope

TABLE = re.compile(r'(?:from|join|update|into)\s+"?([a-z_]+)"?', re.IGNORECASE)
ALL_MIDDLEWARE = tuple(project.MIDDLEWARE)
STATES = ("anonymous", "fresh", "idle", "timed out", "deactivated", "second factor", "other password")


def test_the_scope_stands_last():
    assert project.MIDDLEWARE[-1] == SCOPE


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("length", range(1, len(project.MIDDLEWARE)))
def test_what_stands_before_the_scope_reads_sign_in_tables_only(client, settings, state, length):
    """Each middleware in turn as the last one, in every state of the session, with nobody in scope."""
    user = CoordinatorFactory(needs_second_factor=state == "second factor")
    if state != "anonymous":
        signed_in(client, user)
        seen(client, timedelta(minutes={"idle": 5, "timed out": 61}.get(state, 0)))
    with owner():
        if state in {"deactivated", "other password"}:
            changed = {"is_active": False} if state == "deactivated" else {"password": "!changed"}
            type(user).objects.filter(pk=user.pk).update(**changed)
    settings.SECOND_FACTOR_REQUIRED = state == "second factor"
    settings.MIDDLEWARE = ALL_MIDDLEWARE[:length]

    with CaptureQueriesContext(connection) as captured:
        answer = Client(raise_request_exception=False).get(
            "/try/fine/", headers={"Cookie": client.cookies.output(header="", sep=";").strip()}
        )
    assert answer.status_code in {200, 302}
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert {table for sql in asked for table in TABLE.findall(sql)} <= set(SIGN_IN_TABLES), asked
