"""Min skola: where school staff start."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.dates import day_of, short_date
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from schools.models import Role
from students.models import Referral, ReferralStatus
from students.views.rows import STATUS_CLASSES, name_of

LATEST = 30


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A request of the school's, and what has become of it."""

    name: str
    is_protected: bool
    url: str
    sent: str
    by: str
    status: str
    status_class: str


@require_safe
@requires(Role.SCHOOL_STAFF)
def my_school(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What my school has asked for, and how it goes."""
    newest = Referral.objects.visible_to(request.user).newest_first()
    referrals = list(newest.select_related("school", "referred_by", "student")[: LATEST + 1])
    rows = [_row(referral) for referral in referrals]
    record_reads(
        by=request.user,
        page="overviews:my_school",
        students=[referral.student for referral in referrals[:LATEST] if referral.student],
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "rows": rows[:LATEST],
        "has_more": len(rows) > LATEST,
        "school": request.user.acting.school_name or request.user.acting.organisation_name,
    }
    return render(request, "overviews/my_school.html", context)


def _row(referral: Referral) -> ReferralRow:
    return ReferralRow(
        name_of(referral),
        referral.is_protected,
        reverse("students:referral_detail", args=[referral.public_id]),
        short_date(day_of(referral.created_at)),
        referral.referred_by.name,
        capfirst(referral.get_status_display()),
        STATUS_CLASSES[ReferralStatus(referral.status)],
    )
