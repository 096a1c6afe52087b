"""Every address × method × role × object, from the one table of tests/access_table (TRUST T1, T14)."""

import pytest
from django.urls import reverse

from tests.access.asking import ASKED, masked, why
from tests.access_table import ACTORS, NOT_SIGNED_IN, PAGES, PUBLIC, SIGNED_IN, ObjectPage, Page

pytestmark = pytest.mark.django_db


SIGN_IN = reverse("account_login")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_role_gets_what_the_table_says(ask, page):
    """And what is not there looks the same to the byte, whether it is another's or nobody's."""
    wrong: dict[str, list[str]] = {}
    for actor in sorted(SIGNED_IN):
        for method, htmx in ASKED:
            hidden = {}
            for which in asked_of(page, actor, htmx=htmx):
                response = ask(page, actor, method, which, htmx=htmx)
                expected = page.expected_by(actor, method, which, htmx=htmx)
                if response.status_code != expected:
                    got = f"{response.status_code}, not {expected}{why(response)}"
                    wrong.setdefault(f"{method}{' htmx' if htmx else ''} {which}: {got}", []).append(actor)
                elif expected == 404:
                    hidden[which] = masked(response)
            if "missing" in hidden and any(page != hidden["missing"] for page in hidden.values()):
                wrong.setdefault(f"{method}: 404 pages differ between {list(hidden)}", []).append(actor)
    assert not wrong, "\n".join([page.name, *(f"{what}: {', '.join(who)}" for what, who in wrong.items())])


def asked_of(page: Page, actor: str, *, htmx: bool) -> tuple[str, ...]:
    """All objects, but for htmx and for those whom Django admin refuses before it looks; `full` asks the rest."""
    return page.objects[:1] if htmx or (page.name.startswith("admin:") and actor != "admin") else page.objects


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_sensitive], ids=lambda page: page.name)
def test_what_is_sensitive_asks_who_it_is(ask, page):
    """Only of those who may, and of their own: nobody else is told that there is something to ask for."""
    for actor in sorted(SIGNED_IN):
        for method in ("GET", "POST"):
            for which in page.objects:
                response = ask(page, actor, method, which, has_shown=False)
                may = actor in page.allowed and which in {"", "own"}
                place = response.headers.get("Location", "")
                assert place.startswith(reverse("account_reauthenticate")) == may, (actor, method, which)
                assert may or response.status_code == page.expected(actor, method, which)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in PUBLIC], ids=lambda page: page.name)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(ask, page):
    for actor in NOT_SIGNED_IN:
        for method, htmx in ASKED:
            response = ask(page, actor, method, page.objects[0], htmx=htmx)
            place = response.headers.get("HX-Redirect" if htmx else "Location", "")
            assert response.status_code == (204 if htmx else 302), (
                actor,
                method,
                response.status_code,
                why(response),
            )
            assert place.startswith(SIGN_IN) and response.content == b"", (actor, method)


@pytest.mark.parametrize("page", PUBLIC, ids=lambda page: page.name)
def test_pages_of_signing_in_are_open(ask, page):
    for actor in NOT_SIGNED_IN:
        for method, htmx in ASKED:
            response = ask(page, actor, method, htmx=htmx)
            expected = page.anonymous[method == "POST"]
            assert response.status_code == expected, (actor, method, response.status_code, why(response))


def test_the_health_checks_are_open_and_tell_nothing(client):
    for path in ("/health/live/", "/health/ready/"):
        assert client.get(path).content == b"ok"


@pytest.mark.full  # five methods more for each cell of the table
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_other_methods_open_nothing_more(ask, page):
    for actor in ACTORS:
        for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
            for which in page.objects:
                status = ask(page, actor, method, which).status_code
                if actor in NOT_SIGNED_IN and page not in PUBLIC:
                    assert status == 302, (actor, method, which, status)
                elif method == "HEAD" and page.name in {"visits:service_worker", "safety:visit_over"}:
                    assert status == 200, (actor, method, which, status)  # the same for everybody
                elif method == "HEAD" and actor in SIGNED_IN:
                    assert status == page.expected(actor, "GET", which), (actor, method, which, status)
                elif not page.name.startswith(("admin:", "account_", "mfa_")):
                    assert status in {403, 404, 405}, (actor, method, which, status)
                assert status < 500, (actor, method, which, status)


@pytest.mark.full  # what is asked plainly of each object is asked again as htmx does
@pytest.mark.parametrize(
    "page", [page for page in PAGES if isinstance(page, ObjectPage)], ids=lambda page: page.name
)
def test_htmx_opens_no_object_that_a_plain_request_does_not(ask, page):
    for actor in sorted(SIGNED_IN):
        for method in ("GET", "POST"):
            for which in page.objects:
                status = ask(page, actor, method, which, htmx=True).status_code
                assert status == page.expected_by(actor, method, which, htmx=True), (actor, method, which)
