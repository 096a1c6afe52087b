"""Lists in Django admin: a page at a time in the order of an index, and never a count of all rows."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from peersupport.lib.pages import keyset_page

AFTER = "after"  # the row, by its UUID, that a page comes after


class KeysetChangeList(ChangeList):
    """Django's, but it pages by key (`ScopedAdmin.list_key`) and tells how many rows it shows, not how many
    there are: counting a million rows costs more than all else on the page (SPEED.md).
    """

    model_admin: Any

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Without the place in the list, which is no filter and starts anew with each search."""
        self.params.pop(AFTER, None)
        self.filter_params.pop(AFTER, None)
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        return list(self.model_admin.list_key)

    def get_results(self, request: HttpRequest) -> None:
        page = keyset_page(
            self.queryset, request.GET.get(AFTER), size=self.list_per_page, key=self.model_admin.list_key
        )
        self.result_list, self.result_count = page.rows, len(page.rows)
        self.first_url = "" if page.is_first else self.get_query_string()
        self.next_url = self.get_query_string({AFTER: page.next_token}) if page.next_token else ""
        self.rows_text = _rows_text(len(page.rows), has_more=bool(page.next_token), is_first=page.is_first)
        # What Django's templates ask besides.
        self.full_result_count = self.paginator = None
        self.show_full_result_count = self.multi_page = self.can_show_all = self.show_admin_actions = False


def _rows_text(count: int, *, has_more: bool, is_first: bool) -> str:
    if has_more:
        return ngettext(
            "%(count)s row here, and there are more", "%(count)s rows here, and there are more", count
        ) % {"count": count}
    if not count:
        return gettext("No rows")
    if not is_first:
        return ngettext("The last %(count)s row", "The last %(count)s rows", count) % {"count": count}
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}
