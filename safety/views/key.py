"""The small page that a visit's key opens: number, time and three buttons. No pupil, address or school."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peersupport.lib.dates import clock
from safety import services
from safety.views.holding import refuse_key
from safety.visit_cookie import token_in


@login_not_required
@require_safe
def visit_key(request: HttpRequest) -> HttpResponse:
    visit = services.open_key(token=token_in(request)) if token_in(request) else None
    if visit is None:
        return refuse_key(request)
    end = clock(visit.expected_end_at) if visit.expected_end_at else ""
    return render(request, "safety/visit_key.html", {"visit": visit, "end": end})


@login_not_required
@require_safe
def visit_over(request: HttpRequest) -> HttpResponse:
    """The same for everybody: what is said after the visit has been ended by its key."""
    return render(request, "safety/visit_over.html")
