"""Who is asking, for how long, and with which factor.

Everything here reads sign-in tables only, so it may stand before the scope; what must outlive a refusal is
written here, after the scope has rolled back.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.models import Session, User
from accounts.services import record_refusal
from accounts.sessions import SessionStore
from peersupport.lib.http import whole_page

GetResponse = Callable[[HttpRequest], HttpResponse]
LAST_SEEN_PRECISION = timedelta(minutes=1)
# What someone without the second factor may open: setting it up, and leaving.
WITHOUT_SECOND_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
}


REFUSED = {403, 404, 429, 500}
# What htmx asks for in an open page and no longer gets, when a role or an assignment has ended meanwhile: the
# whole page is loaded anew and says so, instead of standing there as if nothing had happened (TRUST T4).
GONE = {403, 404}

# Parts that an open page asks for by itself, by their ids: no use of the session. They neither keep it alive
# nor, when it has ended, lead away from what somebody is writing.
UNATTENDED = {"calls", "alarms-now", "alarm-state"}


class Refusals:
    """Writes denied reads, throttle hits and wrong codes after the rollback, in a transaction of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and (user := self.refused(request, response, match.view_name)):
            record_refusal(by=user, request=request, page=match.view_name, status=response.status_code)
        if "HX-Request" in request.headers and response.status_code in GONE:
            response.headers["HX-Refresh"] = "true"
        return response

    def refused(self, request: HttpRequest, response: HttpResponse, page: str) -> User | None:
        """Who was refused; None for an answer that refuses nothing, and for someone we do not know."""
        user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
        if user.is_authenticated:
            return user if response.status_code in REFUSED else None
        # Past the password and not past the second factor: a right code would have led on.
        if (
            page == "mfa_authenticate"
            and request.method == "POST"
            and response.status_code in REFUSED | {200}
        ):
            stage = get_pending_stage(request)
            return stage.login.user if stage else None
        return None


class Authentication(AuthenticationMiddleware):
    """Django's, but the user comes joined to the session; checks what `contrib.auth.get_user` checks."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _signed_in_user(request))  # type: ignore[assignment]


def _signed_in_user(request: HttpRequest) -> User | AnonymousUser:
    cached: User | AnonymousUser | None = getattr(request, "_cached_user", None)
    if cached is None:
        cached = request._cached_user = _user_of_session(request) or AnonymousUser()  # type: ignore[attr-defined]
    return cached


def _user_of_session(request: HttpRequest) -> User | None:
    session = cast(SessionStore, request.session)
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = session.signed_in_user
    if user is None or not user.is_active:
        return None
    if constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return user
    session.flush()  # the password has changed since: every older session ends
    return None


class SessionLimits:
    """Ends a session after an hour without use; notes use at most once a minute.

    What needs no session goes on without one: a visit is ended by its key in the same tap (docs/adr/0029).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # First the user: asking for it is what loads the session and its row.
        row: Session | None = getattr(request.session, "row", None) if request.user.is_authenticated else None
        if row is not None:
            idle = timezone.now() - row.last_seen_at
            if idle > timedelta(seconds=settings.SESSION_IDLE_SECONDS):
                logout(request)
                if _needs_no_session(request):
                    return self.get_response(request)
                return _to_sign_in(request, redirect(settings.LOGIN_URL))
            if idle > LAST_SEEN_PRECISION and not _asks_by_itself(request):
                Session.objects.filter(pk=row.pk).update(last_seen_at=timezone.now())
        return self.get_response(request)


def _needs_no_session(request: HttpRequest) -> bool:
    try:
        return not getattr(resolve(request.path_info).func, "login_required", True)
    except Resolver404:
        return False


def _asks_by_itself(request: HttpRequest) -> bool:
    return request.headers.get("HX-Trigger") in UNATTENDED


def _to_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing for what asks by itself: the page stays, with what is written in it."""
    return HttpResponse(status=204) if _asks_by_itself(request) else whole_page(request, response)


class LoginRequired(LoginRequiredMiddleware):
    """Django's, but htmx is told to load the sign-in page."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        return _to_sign_in(request, super().handle_no_permission(request, view_func))


def _has_second_factor(request: HttpRequest) -> bool:
    """Used at this sign-in, says the session; else the database is asked, for one who has just set it up."""
    used = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in used or bool(get_adapter().is_mfa_enabled(request.user))


def _forget_second_factor(request: HttpRequest) -> None:
    """What the session remembers of it counts no more; the next page asks the database."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    if records:
        kept = [record for record in records if record.get("method") != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


class SecondFactor:
    """Sends those whose role needs a second factor to set one up before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Where a removal ends, also one that was resumed after the password was asked for again.
        if request.method == "POST" and response.headers.get("Location") == reverse("mfa_index"):
            _forget_second_factor(request)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        user = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or not user.needs_second_factor:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith("mfa_") or name in WITHOUT_SECOND_FACTOR or _has_second_factor(request):
            return None
        return whole_page(request, redirect("mfa_activate_totp"))
