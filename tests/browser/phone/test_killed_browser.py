"""A browser that is killed, and what it leaves on the disk (TRUST T20): a real one with a profile of its own."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.lines import Line
from tests.browser.phones import NAMES, NOT_SENT, NOTE, Phone, assigned, contacts, form_of, notes

# Each starts Chromium anew two or three times, with a profile on the disk: ten seconds.
pytestmark = pytest.mark.full


class Browser:
    """Chromium on `profile`, started by us, so that it can be killed as a phone kills it."""

    def __init__(self, browser, profile: Path) -> None:
        self.type, self.profile = browser.browser_type, profile
        (profile / "DevToolsActivePort").unlink(missing_ok=True)
        flags = [
            *FLAGS,
            "--headless=new",
            "--remote-debugging-port=0",
            "--accept-lang=sv-SE",
            f"--user-data-dir={profile}",
        ]
        self.process = subprocess.Popen([CHROMIUM, *flags, "about:blank"], stderr=subprocess.DEVNULL)
        self.running = self.type.connect_over_cdp(f"http://127.0.0.1:{self._port()}")

    def _port(self) -> str:
        for _ in range(300):
            try:
                return (self.profile / "DevToolsActivePort").read_text().split("\n")[0]
            except (FileNotFoundError, IndexError):
                time.sleep(0.1)
        raise AssertionError("Chromium does not start")

    def new_context(self, **options):
        """The profile's own, for a new one would leave nothing behind."""
        return self.running.contexts[0]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        self.running.close()
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def start(browser, tmp_path):
    """Starts a browser on the same profile, as often as asked."""
    started = []

    def starting() -> Browser:
        started.append(Browser(browser, tmp_path / "profile"))
        return started[-1]

    yield starting
    for each in started:
        if each.process.poll() is None:
            each.kill()


class OnProfile(Phone):
    """A phone whose pages are addressed in full: the profile's own context has no base address."""

    def __init__(self, browser: Browser, line: Line, assignment=None) -> None:
        super().__init__(browser, line, assignment)
        relative = self.page.goto
        self.page.goto = lambda path, **options: relative(line.url + path, **options)


def test_killed_browser_has_what_was_half_written_and_sends_what_was_saved(start, line):
    first = start()
    mine = OnProfile(first, line, assigned())
    mine.save_without_network()
    mine.page.goto(form_of(mine.assignment))
    mine.write(note="Halvvägs om bron")
    mine.page.wait_for_timeout(600)  # longer than the pause after which it is kept
    first.kill()

    again = OnProfile(start(), line)
    again.page.goto("/my-day/")  # still without a network: the kept form stands in
    assert sorted(state[:6] for state in again.states()) == ["Påbörj", NOT_SENT[:6]]
    assert contacts() == []
    line.mend()
    again.sign_in(mine.assignment.supporter.user).page.goto("/my-day/")
    again.wait_for_state("Skickad")
    assert notes() == [NOTE]
    again.page.locator("[data-open]").first.click()
    again.page.wait_for_function("() => document.querySelector('textarea')?.value")
    assert again.page.locator("textarea[name$=note]").input_value() == "Halvvägs om bron"
    again.save()
    again.page.wait_for_url("**/my-day/")
    assert notes() == [NOTE, "Halvvägs om bron"]


def on_disk(profile: Path, *canaries: str) -> list[str]:
    """Which of them stand in a file of the profile, in UTF-8 or as Chromium's own UTF-16."""
    found = []
    for path in profile.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            found += [
                f"{canary} in {path.relative_to(profile)}"
                for canary in canaries
                for code in ("utf-8", "utf-16-le")
                if canary.encode(code) in held
            ]
    return found


def test_signed_out_browser_has_nothing_on_its_disk(start, line, tmp_path):
    browser = start()
    mine = OnProfile(browser, line, assigned())
    mine.my_day()
    mine.page.goto(reverse("overviews:student_detail", args=[mine.assignment.student.public_id]))
    line.cut()
    mine.page.goto("/my-day/")
    mine.page.goto(form_of(mine.assignment))
    mine.write()
    mine.save_unsent()
    line.mend()
    mine.my_day()
    mine.wait_for_state("Skickad")
    mine.page.goto(form_of(mine.assignment))
    mine.write()
    mine.page.locator("[name=on]").fill("2031-01-01")
    mine.save()
    mine.page.locator("#form-errors").wait_for()
    mine.page.goto("/sign-out/")
    mine.page.locator("main form[action='/sign-out/'] button").click()
    mine.page.wait_for_url("**/sign-in/")
    session = settings.SESSION_COOKIE_NAME
    assert session not in {cookie["name"] for cookie in mine.context.cookies()}
    browser.close()
    profile = tmp_path / "profile"
    assert len(list(profile.rglob("*"))) > 50
    assert on_disk(profile, NOTE, *NAMES) == []
