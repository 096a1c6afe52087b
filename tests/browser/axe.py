"""WCAG 2.2 AA as far as a machine can tell."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of the rules with these tags the two that look at colours. The other scheme changes nothing else (test_axe.py).
OF_COLOURS = ["color-contrast", "link-in-text-block"]
RUN = "options => axe.run(options).then(results => results.violations)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page, **only: object) -> list[str]:
    """What axe finds on the page as it is now, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What passed is not told, which takes as long as to find it. Without preload: axe would fetch our imported styles
    # again, relative to the page.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
    return [
        f"{page.url} {found['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for found in page.evaluate(RUN, options | only)
        for node in found["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> list[str]:
    """Light and dark; the page is not loaded again, as no script sets the scheme."""
    page.emulate_media(color_scheme="light")
    found = [f"light: {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {line}" for line in violations(page, runOnly=OF_COLOURS)]


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate(SIDEWAYS) > 0
