"""Min dag: where a peer supporter starts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from overviews.rows.my_day import (
    booked_rows,
    group_date_rows,
    my_pupils,
    noted_today,
    own_load,
    today_rows,
)
from overviews.rows.waiting_for_me import waiting_for_supporter
from peersupport.lib.dates import long_date, today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from schools.models import Role


@require_safe
@requires(Role.PEER_SUPPORTER)
def my_day(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What is booked today, who may need to hear from me, and what I have done."""
    pupils = my_pupils(request.user)
    contacts, met_today = today_rows(request.user)
    mine = waiting_for_supporter(request.user)
    shown = {
        student.pk: student for student in [*(row.student for row in pupils.rows), *met_today, *mine.students]
    }
    record_reads(
        by=request.user,
        page="overviews:my_day",
        students=list(shown.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    load = own_load(request.user, pupils.rows)
    context = {
        "date_line": long_date(today()),
        "pupils": pupils.rows,
        "quiet": pupils,
        "booked": booked_rows(pupils.rows, group_date_rows(request.user, pupils.rows)),
        "contacts": noted_today(contacts, load.heads if load else []),
        "mine": mine,
        "load": load,
    }
    return render(request, "overviews/my_day.html", context)
