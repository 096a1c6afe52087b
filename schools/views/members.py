"""Who works here: roles that a coordinator gives and ends."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peersupport.lib.dates import short_date, today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page, paging
from schools.models import Membership, Role

PAGE_SIZE = 30


@require_safe
@requires(Role.COORDINATOR)
def member_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Peer supporters and school staff with a role today or later, by name."""
    memberships = Membership.objects.given_by(request.user).with_people().by_name()
    page = keyset_page(memberships, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    context = {
        "rows": [(membership, period(membership)) for membership in page.rows],
        **paging(request, page),
    }
    return render(request, "schools/member_list.html", context)


def period(membership: Membership) -> str:
    """From and to, where they say something: a role until further notice needs no words."""
    if membership.confirmed_at is None:
        return _("waits for confirmation")
    if membership.valid_from > today():
        return _("from %(day)s") % {"day": short_date(membership.valid_from)}
    if membership.valid_to is not None:
        return _("to and including %(day)s") % {"day": short_date(membership.valid_to)}
    return ""
