"""Asks for our pages and the limit's in turn, and divides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from benchmarks.data import Cast
from benchmarks.servers import Browser, NotTheAnswer, get, post

WARM_UP = 30
PARTS = 5  # the spread is that of the ratios of a fifth of the rounds each
TOKEN = "0123456789abcdefghijklmnopqrstuv"  # noqa: S105  a CSRF secret is any 32 letters and digits


@dataclass(frozen=True, slots=True)
class Page:
    """One of our pages, the limit's to compare with, and the ratio to stay below (SPEED)."""

    name: str
    ours: Callable[[], bytes]
    limit: bytes
    status: bytes
    goal: float


@dataclass(frozen=True, slots=True)
class Measured:
    """p50 and p95 are ratios to the limit's p50; `spread` is the largest part's ratio by the smallest's."""

    page: Page
    p50: float
    p95: float
    spread: float
    kilobytes: float


def pages(cast: Cast) -> Iterator[Page]:
    """What is measured. The limit's dashboard stands for Min dag and Översikt alike."""
    coordinator, supporter = _cookies(cast.coordinator_session), _cookies(cast.supporter_session)
    students, student = get(f"/students/{cast.supporter}/"), get(f"/student/{cast.student}/")
    dashboard, contact = get(f"/dashboard/{cast.organisation}/"), post(f"/contact/{cast.supporter}/", {})
    yield Page("Elever", _always("/students/", coordinator), students, b"200", 3.0)
    yield Page("Elevsida", _always(f"/students/{cast.student_uuid}/", coordinator), student, b"200", 3.5)
    yield Page("Min dag", _always("/my-day/", supporter), dashboard, b"200", 3.0)
    yield Page("Översikt", _always("/overview/", coordinator), dashboard, b"200", 3.0)
    yield Page("Ny kontakt, POST", lambda: _contact(cast, supporter), contact, b"302", 4.0)


def _always(path: str, cookies: str) -> Callable[[], bytes]:
    request = get(path, cookies)
    return lambda: request


def _cookies(session: str) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def _contact(cast: Cast, cookies: str) -> bytes:
    """A home visit an hour ago; each form has a key of its own, or it would be answered without saving."""
    when = timezone.localtime() - timedelta(hours=1)
    fields = {
        "csrfmiddlewaretoken": TOKEN,
        "form_key": str(uuid4()),
        "student": str(cast.student_uuid),
        "kind": "home_visit",
        "length": "60",
        "on": f"{when:%Y-%m-%d}",
        "at": f"{when:%H:%M}",
        "place": "",
        f"{cast.student_uuid}-outcome": "met",
        f"{cast.student_uuid}-note": "",
        f"{cast.student_uuid}-next_step": "Ses på torsdag.",
    }
    return post("/contacts/new/", fields, cookies)


def measure(cast: Cast, ours: Browser, limit: Browser, *, rounds: int) -> Iterator[Measured | NotTheAnswer]:
    """Each page in turn; NotTheAnswer for a page that does not work: a fast error is not a fast page."""
    for page in pages(cast):
        try:
            for _round in range(WARM_UP):
                _pair(page, ours, limit)
            pairs = [_pair(page, ours, limit) for _round in range(rounds)]
            _seconds, size = _timed(ours, page.ours(), page)
        except NotTheAnswer as error:
            yield error
        else:
            yield _measured(page, pairs, size)


def _pair(page: Page, ours: Browser, limit: Browser) -> tuple[float, float]:
    """Seconds of ours and of the limit's, right after each other."""
    return _timed(ours, page.ours(), page)[0], _timed(limit, page.limit, page)[0]


def _timed(browser: Browser, request: bytes, page: Page) -> tuple[float, int]:
    seconds, answer = browser.ask(request)
    status = answer.split(b" ", 2)[1]
    if status != page.status:
        raise NotTheAnswer(f"{page.name} answered {status.decode()}, not {page.status.decode()}.")
    return seconds, len(answer.partition(b"\r\n\r\n")[2])


def _measured(page: Page, pairs: list[tuple[float, float]], size: int) -> Measured:
    ours, limit = sorted(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    length = max(1, len(pairs) // PARTS)
    parts = [pairs[start : start + length] for start in range(0, length * PARTS, length)]
    ratios = [median(p[0] for p in part) / median(p[1] for p in part) for part in parts if part]
    return Measured(
        page=page,
        p50=median(ours) / limit,
        p95=ours[int(len(ours) * 0.95)] / limit,
        spread=max(ratios) / min(ratios),
        kilobytes=size / 1000,
    )


def heading() -> str:
    return f"{'page':18} {'p50':>6} {'goal':>6} {'p95':>6} {'spread':>7} {'kB':>6}"


def line(row: Measured) -> str:
    """One page's ratios."""
    ratios = f"{row.p50:6.2f} {row.page.goal:6.1f} {row.p95:6.2f} {row.spread:7.2f}"
    return f"{row.page.name:18} {ratios} {row.kilobytes:6.1f}"
