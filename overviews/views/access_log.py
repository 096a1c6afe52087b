"""The reviewer's start: who has looked at how many pupils, when, where and in which role. Never at whom."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import AccessLog
from accounts.services import last_used_path
from overviews.page_words import page_word
from overviews.pages_of_lists import paging
from overviews.place_forms import AccessLogFilterForm
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role

PAGE_SIZE = 50
KEY, KEY_ID = ("-at", "-id"), "id"


@require_safe
@vary_on_headers("HX-Request")
@requires(Role.REVIEWER)
def access_log(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The latest reads in the organisation, by person and day."""
    if last_used := last_used_path(request, "access_log"):
        return redirect(last_used)
    filter_form = AccessLogFilterForm(request.GET, user=request.user)
    reads = filter_form.apply(AccessLog.objects.visible_to(request.user).with_people())
    page = keyset_page(reads, request.GET.get("after"), size=PAGE_SIZE, key=KEY, token_field=KEY_ID)
    context = {
        "rows": [_row(read) for read in page.rows],
        "filter_form": filter_form,
        "is_filtered": bool(filter_form.chosen),
        **paging(request, page),
    }
    template = "_access_log.html" if "HX-Request" in request.headers else "access_log.html"
    return render(request, f"overviews/{template}", context)


def _row(read: Any) -> dict[str, Any]:
    return {
        "at": short_moment(read.at),
        "person": read.person or f"#{read.user_id}",  # the user is gone; the number is what is left
        "person_id": read.person_id,
        "role": dict(Role.choices).get(read.role, ""),
        "action": read.get_action_display(),
        "page": page_word(read.page),
        "count": read.count,
    }
