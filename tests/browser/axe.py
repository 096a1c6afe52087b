"""WCAG 2.2 AA as far as a machine can tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, one line each."""
    # Without preload: axe would fetch our imported styles again, relative to the page.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False}
    results = Axe().run(page, options=options)
    return [
        f"{page.url} {found['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> list[str]:
    """Light and dark; the page is not loaded again, as no script sets the scheme."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in violations(page)]
    return found


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate(SIDEWAYS) > 0
