"""Who sees what: about whoever is signed in, about a pupil; and who has opened one's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overviews.pages_of_lists import paging
from overviews.rows.seen import LATEST, opening_page, opening_rows, seen_groups
from overviews.seen import nobody, pupils, staff
from overviews.seen.readers import WHO
from peersupport.lib.http import AuthenticatedHttpRequest
from schools.models import Role

PAGE_SIZE = 100


@require_safe
def seen_me(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who sees what about the one who asks, in the role acted in; what nobody sees; who has looked."""
    role = request.user.acting.role
    openings = opening_page(request.user, None, size=LATEST)
    context = {
        "groups": seen_groups(staff.GROUPS, role),
        "nobody": nobody.of_staff(role),
        "openings": opening_rows(openings.rows),
        "has_more": bool(openings.next_token),
        "has_page": role == Role.PEER_SUPPORTER,
    }
    return render(request, "overviews/seen_me.html", context)


@require_safe
def seen_openings(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Each opening of one's page, the latest first."""
    page = opening_page(request.user, request.GET.get("after"), size=PAGE_SIZE)
    context = {"openings": opening_rows(page.rows), **paging(request, page)}
    return render(request, "overviews/seen_openings.html", context)


@require_safe
def seen_pupil(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who sees what about a pupil, for the pupil and the family: names nobody, and is made to be printed."""
    without = [WHO[role] for role in nobody.roles_without_pupils()]
    context = {"groups": seen_groups(pupils.GROUPS), "without_pupils": without}
    return render(request, "overviews/seen_pupil.html", context)
