"""What views share: the type of a signed-in request, and the question "may this role do this?"."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

if TYPE_CHECKING:
    from accounts.models import User

P = ParamSpec("P")


class AuthenticatedHttpRequest(HttpRequest):
    """A request past LoginRequiredMiddleware and the scope: `user.acting` is set."""

    user: "User"
    request_id: str


View = Callable[Concatenate[AuthenticatedHttpRequest, P], HttpResponse]


def requires(*roles: str) -> Callable[[View[P]], View[P]]:
    """Refuses (403) whoever acts in none of `roles`.

    For pages without an object; with one, fetch it first (404).
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: AuthenticatedHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.acting.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View[P], wrapped)

    return decorate


# For pages with a form. Django's own `require_http_methods(["GET", "POST"])` would refuse HEAD.
require_safe_or_post = require_http_methods(["GET", "HEAD", "POST"])


def uuid_or_none(text: Any) -> UUID | None:
    """The UUID in `text`, or None when it is no UUID: query strings are typed by anyone."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The path of ours that the form names as `back`: acts stand on several pages and lead back to them."""
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else otherwise


def whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect that htmx follows with the whole page, instead of swapping it into a part."""
    if "HX-Request" in request.headers:
        response.headers["HX-Redirect"] = response.headers["Location"]
        response.status_code = 204
        del response.headers["Location"]
    return response
