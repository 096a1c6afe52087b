"""When a page has done what was asked of it."""

from playwright.sync_api import Page


def settled(page: Page) -> None:
    """A form that a script sends is busy until its answer is there; then the next page loads."""
    page.wait_for_load_state()
    page.locator("form[aria-busy=true]").wait_for(state="detached")
    page.wait_for_load_state()
