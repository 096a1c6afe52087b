"""What the browser forgets, how often a password is tried, and the ends of the calendar."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from peersupport.demo.factories import PASSWORD, CoordinatorFactory, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("account_login")


def test_signing_out_asks_the_browser_to_forget(client):
    client.force_login(CoordinatorFactory())
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_made_up_names_do_not_wipe_out_the_count_of_wrong_passwords(client):
    """The cache throws away what is too much of it, and the counts stand in the cache."""
    user = UserFactory(signs_in=True)
    for _ in range(5):
        client.post(SIGN_IN, {"login": user.email, "password": "fel fel fel fel"})
    for number in range(400):
        cache.set(f"zz{number}", number)
        cache.set(f"{number}", number)
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("start")).headers["Location"].startswith(SIGN_IN)


def test_one_account_is_tried_at_most_twenty_times_an_hour(client, monkeypatch):
    user = UserFactory(signs_in=True)
    tried = []
    monkeypatch.setattr(type(user), "check_password", lambda self, raw: bool(tried.append(raw)))
    start = 1_800_000_000
    for minute in range(60):
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda now=start + minute * 60: now)
        for _ in range(3):
            client.post(SIGN_IN, {"login": user.email, "password": "fel fel fel fel"})
    assert 0 < len(tried) <= 20


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "\x00"])
def test_the_access_log_bears_any_day(client, day):
    client.force_login(ReviewerFactory())
    assert client.get(reverse("overviews:access_log"), {"day": day}).status_code == 200


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_health_is_not_answered_from_a_cache(client, path):
    answer = client.get(path)
    assert (answer.content, answer.headers["Cache-Control"]) == (b"ok", "no-store")
