"""Tack och frågor: what is asked and answered about contacts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from overviews.pages_of_lists import paging
from overviews.rows.feedback import feedback_rows, listed_feedback
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from peersupport.navigation import scope_label
from schools.models import Role

PAGE_SIZE = 30
NEWEST_FIRST, ANSWERED_FIRST = ("-created_at", "-pk"), ("turn", "created_at", "pk")


@require_safe
@requires(Role.COORDINATOR, Role.PEER_SUPPORTER)
def feedback_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A coordinator's open questions; a supporter's thanks and questions."""
    user = request.user
    is_coordinator = user.acting.role == Role.COORDINATOR
    key = ANSWERED_FIRST if is_coordinator else NEWEST_FIRST
    page = keyset_page(listed_feedback(user), request.GET.get("after"), size=PAGE_SIZE, key=key)
    record_reads(
        by=user,
        page="overviews:feedback_list",
        students=list({row.student.pk: row.student for row in page.rows}.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "rows": feedback_rows(page.rows, user),
        "is_coordinator": is_coordinator,
        "scope_text": _scope_text(user),
        "back": request.get_full_path(),
        **paging(request, page),
    }
    return render(request, "overviews/feedback_list.html", context)


def _scope_text(user: User) -> str:
    if user.acting.role == Role.PEER_SUPPORTER:
        return _("What coordinators say about your contacts with the pupils you support today")
    scope = {"scope": scope_label(user.acting)}
    return _("Shows open questions in %(scope)s, the answered ones first") % scope
