"""Who acts on a visit: its supporter, signed in, or the phone that holds its key."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import User
from peersupport.lib.http import AuthenticatedHttpRequest, whole_page
from safety import services
from safety.models import HomeVisit
from safety.visit_cookie import forget_key, token_in

Act = Callable[[HttpRequest, HomeVisit, User | None], HttpResponse]


def find_visit(request: AuthenticatedHttpRequest, public_id: UUID) -> HomeVisit:
    """404 when unseen, 403 for whoever sees it and is not its supporter."""
    seen = HomeVisit.objects.visible_to(request.user)
    visit: HomeVisit = get_object_or_404(seen, public_id=public_id)
    if not seen.held_by(request.user).filter(pk=visit.pk).exists():
        raise PermissionDenied
    return visit


def by_session_or_key(act: Act) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A view for `act(request, visit, by)`, a POST: `by` is None for the holder of the visit's own key.

    Whatever is wrong with a key, the answer is the same 404.
    """

    @login_not_required
    @wraps(act)
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        user = request.user
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"]) if user.is_authenticated else _to_sign_in(request)
        if user.is_authenticated:
            seen = HomeVisit.objects.visible_to(user).filter(public_id=public_id)
            mine = seen.held_by(user).first()
            if mine is not None:
                return act(request, mine, user)
            if seen.exists():
                raise PermissionDenied
            if not token_in(request):
                raise Http404
        if not token_in(request):
            return _to_sign_in(request)
        visit = services.open_key(token=token_in(request))
        if visit is None:
            return refuse_key(request)
        if visit.public_id != public_id:  # a page of yesterday's: the key of today's visit stays
            return refuse_key(request, forgets=False)
        return act(request, visit, None)

    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """As every other page answers whoever is not signed in."""
    return whole_page(request, redirect(settings.LOGIN_URL))


def refuse_key(request: HttpRequest, *, forgets: bool = True) -> HttpResponse:
    """The same for a key that is wrong, forged, over, or of another visit.

    Such tries are counted, and so no exception: it would take the count back. A right key is never held up,
    whoever else comes from the same address.
    """
    if not ratelimit.consume(request, action="visit_key"):
        too_many: HttpResponse = ratelimit.respond_429(request)
        return too_many
    response = render(request, "safety/key_over.html", status=404)
    if forgets:
        forget_key(response)
    return response
