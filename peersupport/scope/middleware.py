"""The transaction and the scope of a request."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from peersupport import scope

MEMBERSHIP_KEY = "membership"


class Scope:
    """Opens ONE transaction per request, sets the scope in it, and rolls back when the view raises.

    Not ATOMIC_REQUESTS: it begins after `process_view`, so a scope set there would be gone and pages empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            if request.user.is_authenticated:
                scope.begin(request.user, request.session.get(MEMBERSHIP_KEY))
            response = self.get_response(request)
            if getattr(request, "has_raised", False):
                transaction.set_rollback(True)
            scope.clear_when_nested()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Django makes an answer of the exception, so without this the half-done work would be committed.

        Only noted here, and undone when the answer is there: allauth answers some exceptions ("confirm that
        it is you") with a page that still has to ask the database.
        """
        request.has_raised = True  # type: ignore[attr-defined]
