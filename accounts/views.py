"""One's own account: roles, devices, sign-out everywhere."""

from functools import wraps

from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.languages import is_ours, remember_in_browser
from accounts.models import Session, User
from peersupport.lib.http import AuthenticatedHttpRequest, uuid_or_none
from peersupport.lib.relations import related_rows
from peersupport.scope.middleware import MEMBERSHIP_KEY


@require_safe
def profile(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who one is here: the roles one holds, and from how many browsers one is signed in."""
    roles = services.roles_held()
    context = {
        "roles": roles,
        "mail_choices": services.mail_choices(request.user, roles),
        "session_count": Session.objects.open_for(request.user).count(),
    }
    return render(request, "accounts/profile.html", context)


@require_POST
def choose_mail(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Which mail one wants from now on, of those one's roles can have."""
    offered = services.mail_choices(request.user, services.roles_held())
    choices = {choice.field: choice.field in request.POST for choice in offered}
    if choices:
        services.choose_mail(by=request.user, choices=choices)
        messages.success(request, _("Saved. From now on you get the mail you have chosen."))
    return redirect("accounts:profile")


@require_POST
def switch(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Act in another of one's own memberships from now on; 404 for one that is not held today."""
    # Unordered: their order is by organisations that the role acted in may not see.
    held = related_rows(User, "memberships").filter(user=request.user).holding_today().order_by()
    chosen = held.filter(public_id=uuid_or_none(request.POST.get("membership"))).first()
    if chosen is None:
        raise Http404
    request.session[MEMBERSHIP_KEY] = chosen.pk
    return redirect("start")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The language from the next page on: one's own, or before signing in that of this browser."""
    language = request.POST.get("language", "")
    if not is_ours(language):
        raise Http404
    if request.user.is_authenticated:
        services.choose_language(by=request.user, language=language)
        with translation.override(language):
            messages.success(request, _("From now on everything is in English."))
        return redirect("accounts:profile")
    asked = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(asked, request.get_host(), require_https=request.is_secure())
    response = redirect(asked if is_here else settings.LOGIN_URL)
    remember_in_browser(response, language)
    return response


@wraps(logout)  # it keeps what allauth says about who may open it
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's own; the browser forgets what it has kept of us, too (TRUST T20)."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
def sign_out_everywhere(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ends every other session of the user at once; this one stays."""
    ended = services.end_sessions(of=request.user, keep=request.session.session_key)
    text = ngettext(
        "%(count)s other browser was signed out.", "%(count)s other browsers were signed out.", ended
    )
    messages.success(request, text % {"count": ended} if ended else _("You were signed in nowhere else."))
    return redirect("accounts:profile")
