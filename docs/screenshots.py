"""Takes the handbook's pictures of the demo: `make screenshots`.

The demo runs in a copy of the project with a database of its own, so nobody's own demo is changed. Run it
when a page has changed, and commit what it writes. A new picture is a line in shots.py and its mention in the
handbook. `make screenshots SHOTS="NAME …"` takes these only.
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Page, StorageState, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from docs.shots import CUT_OFF, LEAD, REVIEWER, SHOTS, Shot

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/handbook/pictures"
README_PICTURE = ROOT / "docs/screenshot.png"
PASSWORD = "peer-support-demo"  # noqa: S105  the demo's, and public
AIR = 16  # pixels around a part
ROLES: tuple[Literal["link", "button", "radio", "checkbox"], ...] = ("link", "button", "radio", "checkbox")
# The browser's own language is that of its date fields; Debian keeps it in chromium-l10n. Without it they are
# American, and are better left out of the picture.
FLAGS = ("--no-sandbox", "--disable-gpu", "--lang=sv-SE")
QUALITY = 80  # of webp: text stays sharp, and a page takes 30 kB
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "docs", "tests")
# The reviewer is one of the lead's roles.
SIGN_INS = {REVIEWER: LEAD}
# Who has signed in, with their cookies: the service lets nobody sign in twenty times a minute.
signed_in: dict[str, StorageState] = {}


def main(wanted: list[str]) -> None:
    """Take the wanted pictures, or all; pictures that no shot makes any longer are removed."""
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    PICTURES.mkdir(exist_ok=True)
    with demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        missed = [shot.name for shot in shots if not taken(browser, base, shot)]
    if not wanted:
        for picture in set(PICTURES.iterdir()) - {path_of(shot) for shot in SHOTS}:
            picture.unlink()
    if missed:
        sys.exit(f"Not taken, the words to press are no longer there: {', '.join(missed)}")


def path_of(shot: Shot) -> Path:
    return PICTURES / f"{shot.name}.webp"


def taken(browser: Browser, base: str, shot: Shot) -> bool:
    """Whether the picture could be taken; why not is printed."""
    try:
        with visitor(browser, base, shot) as page:
            take(page, shot)
    except PlaywrightError as error:
        print(f"{shot.name}: {error}", flush=True)
        return False
    return True


def take(page: Page, shot: Shot) -> None:
    """Go to the page, and write what is seen of it."""
    answer = page.goto(address(shot.url_name))
    if answer is None or not answer.ok:
        raise PlaywrightError(f"{shot.who} is not shown {shot.url_name}")
    for words in shot.press:
        press(page, words)
    if CUT_OFF in shot.press:
        page.locator("[data-left]:visible").wait_for()
    page.mouse.move(0, 0)
    settings = {"format": "webp", "quality": QUALITY, "clip": clip(page, shot) | {"scale": 1}}
    settings["captureBeyondViewport"] = bool(shot.part)
    seen = page.context.new_cdp_session(page).send("Page.captureScreenshot", settings)
    path_of(shot).write_bytes(base64.b64decode(seen["data"]))
    if shot.name == "oversikt":
        page.screenshot(path=README_PICTURE, clip=clip(page, shot))
    print(f"{shot.name}: {path_of(shot).stat().st_size // 1024} kB", flush=True)


def clip(page: Page, shot: Shot) -> FloatRect:
    """The window, or the part asked for with a little air."""
    # The width without the gutter of a scroll bar that is not there.
    width = page.evaluate("document.body.offsetWidth")
    if not shot.part:
        return {"x": 0, "y": page.evaluate("scrollY"), "width": width, "height": shot.height}
    part = page.locator(shot.part).first.evaluate("part => part.getBoundingClientRect().toJSON()")
    air = 0 if shot.part == "main" else AIR  # beside it is the menu, and it has air of its own
    return {
        "x": max(part["x"] - air, 0),
        "y": max(part["y"] - air, 0),
        "width": min(part["width"] + 2 * air, width),
        "height": min(part["height"] + 2 * air, shot.height),
    }


def press(page: Page, words: str) -> None:
    """Press what carries these words on the page itself: a link, a button, a choice or what unfolds."""
    if words == CUT_OFF:
        page.context.set_offline(True)
        return
    shown = page.get_by_role("main")
    found = shown.locator("summary").filter(has_text=words)
    for role in ROLES:
        found = found.or_(shown.get_by_role(role, name=words))
    found.first.click(timeout=5_000)
    page.wait_for_load_state()


@contextmanager
def visitor(browser: Browser, base: str, shot: Shot) -> Iterator[Page]:
    """A page of somebody signed in, always with the same window, colours, language and no motion."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="light",
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
        storage_state=signed_in.get(shot.who),
    )
    try:
        page = context.new_page()
        if shot.who and shot.who not in signed_in:
            sign_in(page, shot.who)
            signed_in[shot.who] = context.storage_state()
        yield page
    finally:
        context.close()


def sign_in(page: Page, who: str) -> None:
    page.goto(address("account_login"))
    page.locator("[name=login]").fill(f"{SIGN_INS.get(who, who)}@demo.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: address("account_login") not in url)
    if who in SIGN_INS:
        page.goto(address("accounts:profile"))
        page.get_by_role("button", name=f"Byt till {who}").click(timeout=5_000)


def address(url_name: str) -> str:
    from django.urls import reverse  # once Django is set up, which needs no database

    return reverse(url_name)


@contextmanager
def demo() -> Iterator[str]:
    """The demo with fresh data, from a copy of the project, on a free port; its address."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder) / "peer-support", ignore=NOT_COPIED)
        Path(folder).chmod(0o755)  # so that root's PostgreSQL, another account, gets in
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        environment |= {"PEERSUPPORT_DEMO": "1"}
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        with (Path(folder) / "words").open("w+") as words:
            server = subprocess.Popen(command, cwd=copy, env=environment, stdout=words)  # noqa: S603  our own
            try:
                wait_until_ready(server, f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(60)


def wait_until_ready(server: subprocess.Popen[bytes], base: str) -> None:
    """Return when the demo answers; its people are invented before it does."""
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/health/ready/").close()  # noqa: S310  our own
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("The demo does not start. `make demo` says why.")


def chromium() -> str:
    """The browser of the tests."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit(
        "No Chromium on this machine. Install it (Debian: chromium) or name it in CHROMIUM."
    )


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "peersupport.settings", "PEERSUPPORT_DEMO": "1"}
    os.environ["DATABASE_URL"] = "postgres://nobody@localhost/addresses-are-all-we-ask-for"
    import django

    django.setup()
    main(sys.argv[1:])
