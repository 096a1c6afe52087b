"""What every list that filters and pages says about itself."""

from typing import Any

from peersupport.lib.pages import Page, paging

__all__ = ["paging", "result_text"]


def result_text(page: Page[Any], text_of: Any) -> str:
    """`text_of(count)` when the whole list is shown; nothing when there is more: nobody has counted."""
    return text_of(len(page.rows)) if page.is_first and not page.next_token else ""
