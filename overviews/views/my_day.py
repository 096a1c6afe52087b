"""Min dag: where a peer supporter starts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from overviews.rows.my_day import (
    apart_from,
    appointment_rows,
    booked_rows,
    by_booking,
    group_date_rows,
    my_pupils,
    my_visits,
    noted_today,
    own_load,
    own_profile,
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
    profile = own_profile(request.user)
    visits = my_visits(profile.visits if profile else ())
    pupils = my_pupils(request.user, by_booking(visits))
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
    others = [*group_date_rows(request.user, pupils.rows), *appointment_rows(profile)]
    booked = booked_rows(pupils.rows, others)
    load = own_load(profile, request.user, pupils.rows)
    context = {
        "date_line": long_date(today()),
        "pupils": pupils.rows,
        "quiet": pupils,
        "booked": booked,
        "going_on": apart_from(visits, {row.visit.number for row in booked if row.visit}),
        "contacts": noted_today(contacts, load.heads if load else []),
        "mine": mine,
        "load": load,
    }
    return render(request, "overviews/my_day.html", context)
