"""Asking "is it you?": who changes roles or takes data out shows it once more (TRUST T9, T26).

Asked for at most every `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds, by password or second factor; allauth has
the page and leads back to where one came from. Two ways to ask, after the view has found the object (404) and
let the role in (403), so that nobody is asked for a page that is not theirs:

    @require_safe_or_post
    @requires(Role.COORDINATOR)
    @reauthenticated
    def invitation_create(request): ...

    def membership_end(request, public_id):
        membership = get_object_or_404(Membership.objects.visible_to(request.user), public_id=public_id)
        if not services.may_end(membership=membership, by=request.user):
            raise PermissionDenied
        ask_who_it_is(request)

Ask on GET as well as on POST: then it comes before the form is filled in. When the time runs out meanwhile,
allauth keeps the POST in the session and runs the view with it afterwards, so nothing typed is lost. So never
ask in front of a form in which a pupil is named.

In the access table such a page is `is_sensitive`; tests show who they are by tests.reauthentication.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from peersupport.lib.http import AuthenticatedHttpRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]


def ask_who_it_is(request: HttpRequest) -> None:
    """Return when the user has just shown who they are; else leave the view for the page that asks.

    Someone with neither a password nor a second factor of their own has nothing to show, and is let through.
    """
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired


def reauthenticated(view: View[P]) -> View[P]:
    """Asks who it is before the view. For pages without an object; the innermost, below `requires`."""

    @wraps(view)
    def wrapped(request: AuthenticatedHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        ask_who_it_is(request)
        return view(request, *args, **kwargs)

    return cast(View[P], wrapped)
