"""Översikt: where a coordinator starts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import OfStudent, record_reads
from overviews.rows import overview as rows
from overviews.rows.waiting_for_me import waiting_for_coordinator
from overviews.rows.words import rule_text
from peersupport.lib.dates import long_date, today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from safety.services import safety_now
from schools.models import Role


@require_safe
@requires(Role.COORDINATOR)
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What needs a decision today."""
    user = request.user
    lines = rows.lines(user)
    students = rows.student_rows(lines, user)
    referrals, mine = rows.referral_rows(user), waiting_for_coordinator(user)
    shown: dict[int, OfStudent] = {row.pk: row for section in students.values() for row in section}
    shown |= {student.pk: student for student in mine.students}
    record_reads(
        by=user,
        page="overviews:overview",
        students=list(shown.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "date_line": long_date(today()),
        "figures": lines[0],
        "rule": rule_text(user.acting),
        "counts_school_days": user.acting.counts_school_days,
        "referrals": referrals,
        "mine": mine,
        "memberships": rows.memberships_to_confirm(user),
        "safety": safety_now(),
        **students,
    }
    asks = [shown, referrals, mine.tasks, mine.over, context["memberships"]]
    asks += [lines[0].move_count, lines[0].invitation_count]
    context["is_quiet"] = not any(asks) and context["safety"].is_calm
    return render(request, "overviews/overview.html", context)
