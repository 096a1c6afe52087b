"""What every list that filters and pages says about itself."""

from typing import Any

from django.http import HttpRequest

from peersupport.lib.pages import MixedPage, Page


def paging(request: HttpRequest, page: Page[Any] | MixedPage) -> dict[str, str]:
    """Addresses of the next page and of the beginning, with the filters kept; empty when there is none."""
    older = request.GET.copy()
    older["after"] = page.next_token
    first = request.GET.copy()
    first.pop("after", None)
    return {
        "older_url": f"{request.path}?{older.urlencode()}" if page.next_token else "",
        "newer_url": "" if page.is_first else f"{request.path}?{first.urlencode()}",
    }


def result_text(page: Page[Any], text_of: Any) -> str:
    """`text_of(count)` when the whole list is shown; nothing when there is more: nobody has counted."""
    return text_of(len(page.rows)) if page.is_first and not page.next_token else ""
