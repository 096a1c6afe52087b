"""What a page leaves in the browser's storage, read past the page: its own scripts have no say in it."""

from playwright.sync_api import Page

KINDS = {"session": False, "local": True}


def kept_by(page: Page) -> dict[str, dict[str, str]]:
    """Session and local storage of the page's origin, as the browser has them."""
    browser = page.context.new_cdp_session(page)
    origin = page.evaluate("() => location.origin")
    browser.send("DOMStorage.enable")
    found = {
        kind: browser.send(
            "DOMStorage.getDOMStorageItems",
            {"storageId": {"securityOrigin": origin, "isLocalStorage": is_local}},
        )["entries"]
        for kind, is_local in KINDS.items()
    }
    browser.detach()
    return {kind: dict(entries) for kind, entries in found.items()}
