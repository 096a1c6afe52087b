"""A real Chromium. Without one these tests are skipped, named at the end, and with CI=true the run fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from accounts.sessions import SessionStore
from tests.reauthentication import shown

# Playwright's own loop runs in this thread; Django would take it for ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no Chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Visitor:
    """Someone at a screen: signs in, opens pages, and fails the test when a page breaks the content policy."""

    def __init__(self, browser: Browser, live_server_url: str, **options: object) -> None:
        self.base = live_server_url
        # Without motion: a colour on its way from one scheme to the other has no contrast to speak of.
        options = {"locale": "sv-SE", "reduced_motion": "reduce"} | options
        self.context: BrowserContext = browser.new_context(base_url=live_server_url, **options)
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _note(self, message: object) -> None:
        text = message.text  # type: ignore[attr-defined]
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.complaints.append(f"{self.page.url}: {text}")

    def sign_in(self, user: User) -> "Visitor":
        """By cookie, and as one who has just shown who they are; those pages have their own tests."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.update(shown(user))
        session.create()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.base}]
        )
        return self

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page


@pytest.fixture
def visitor(browser: Browser, live_server: object) -> Iterator[Callable[..., Visitor]]:
    """`visitor(width=390)`, `visitor(java_script_enabled=False)`: each a browser of its own."""
    visitors: list[Visitor] = []

    def arrive(width: int = 1280, height: int = 900, **options: object) -> Visitor:
        viewport = {"width": width, "height": height}
        visitors.append(Visitor(browser, live_server.url, viewport=viewport, **options))  # type: ignore[attr-defined]
        return visitors[-1]

    yield arrive
    for each in visitors:
        each.context.close()
    assert not [complaint for each in visitors for complaint in each.complaints]
