"""Every page of the access table in a real browser: WCAG 2.2 AA in both schemes, 320 px, the content policy."""

import pytest

from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from tests.access.asking import address
from tests.access_table import ACTORS, NOT_SIGNED_IN, PAGES, Page
from tests.browser.axe import scrolls_sideways, violations
from tests.peersupport.world import World

# Files and data, not pages.
NO_PAGES = {
    *("admin:jsi18n", "admin:autocomplete", "overviews:my_month_file"),
    *("safety:calls", "safety:alarms_now"),  # parts that a page asks for by itself
    *("visits:contact_token", "visits:service_worker"),
}
SCREENS = (("light", 390), ("dark", 1280))


def reader_of(page: Page) -> str | None:
    """An actor who gets this page whole, not signed in where that is possible."""
    public = getattr(page, "anonymous", None)
    if public:
        return "anonymous" if public[0] == 200 else None
    which = "own" if "own" in page.objects else ""
    signed_in = [actor for actor in ACTORS if actor not in NOT_SIGNED_IN and actor in page.allowed]
    return next((actor for actor in signed_in if page.expected(actor, "GET", which) == 200), None)


def opened(page: Page) -> list[tuple[str, Page]]:
    return [(actor, page) for actor in [reader_of(page)] if actor and page.name not in NO_PAGES]


READERS = [pair for page in PAGES for pair in opened(page)]


@pytest.mark.parametrize("part", range(4))
def test_every_page_is_for_everyone(transactional_db, visitor, part):
    """In four parts, so that one failure does not hide the others for long."""
    world = World()
    with owner():
        for user in world.users.values():
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
    faults = []
    visitors = {}
    for actor, page in READERS[part::4]:
        if actor not in visitors:
            visitors[actor] = visitor()
            if actor != "anonymous":
                visitors[actor].sign_in(world.users[actor])
        faults += faults_of(visitors[actor], address(world, page, "own", actor))
    assert not faults, "\n".join(faults)


def faults_of(visitor, url: str) -> list[str]:
    screen = visitor.page
    answer = screen.goto(url)
    if answer.status != 200:
        return [f"{url}: {answer.status}"]
    found = []
    for scheme, width in SCREENS:
        screen.emulate_media(color_scheme=scheme)
        screen.set_viewport_size({"width": width, "height": 900})
        found += [f"{scheme} {width}: {line}" for line in violations(screen)]
    screen.set_viewport_size({"width": 320, "height": 700})
    if scrolls_sideways(screen):
        found.append(f"{url} scrolls sideways at 320 px")
    if screen.locator("h1").count() != 1:
        found.append(f"{url} has {screen.locator('h1').count()} h1")
    return found


def test_refusals_are_for_everyone(transactional_db, visitor):
    world = World()
    someone = visitor().sign_in(world.users["peer_supporter"])
    faults = []
    for url, status in (("/overview/", 403), ("/students/00000000-0000-4000-8000-000000000000/", 404)):
        assert someone.page.goto(url).status == status
        for scheme, width in SCREENS:
            someone.page.emulate_media(color_scheme=scheme)
            someone.page.set_viewport_size({"width": width, "height": 900})
            faults += violations(someone.page)
    assert not faults, "\n".join(faults)
