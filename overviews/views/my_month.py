"""Min månad: a supporter's own hours, on the page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from overviews.month_file import month_sheets
from overviews.rows.my_month import (
    Month,
    month_after,
    month_before,
    month_name,
    month_of,
    month_url,
    token_of,
)
from overviews.rows.my_month import (
    my_month as hours_of,
)
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.spreadsheets import xlsx_answer
from schools.codes import words_of
from schools.models import Role


@require_safe
@requires(Role.PEER_SUPPORTER)
def my_month(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One month (`?month=2026-11`, by default this one). It shows no pupil, so nothing is logged."""
    month = _asked(request)
    before, after = month_before(month.first), month_after(month.first)
    context = {
        "month": month,
        "token": token_of(month.first),
        "before_url": month_url(before) if before else "",
        "before_name": month_name(before) if before else "",
        "after_url": month_url(after) if after else "",
        "after_name": month_name(after) if after else "",
    }
    return render(request, "overviews/my_month.html", context)


@require_safe
@requires(Role.PEER_SUPPORTER)
def my_month_file(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The same month as a spreadsheet. The log has who took it, which month, and no pupil: there is none."""
    month = _asked(request)
    record_reads(
        by=request.user,
        page="overviews:my_month_file",
        students=[],
        action=AccessLogAction.EXPORT,
        filter_name=token_of(month.first),
        request_id=request.request_id,
    )
    word = _("hours")
    return xlsx_answer(month_sheets(month, request.user), name=f"{word}-{token_of(month.first)}")


def _asked(request: AuthenticatedHttpRequest) -> Month:
    return hours_of(month_of(request.GET.get("month", "")), words_of(request.user.acting))
