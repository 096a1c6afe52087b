"""The calendar feed: what a program fetches, and the page where its holder makes, renews and withdraws it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operations.link_pages import LinkOver
from operations.services import in_language_of
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from schools.models import Role
from visits import services
from visits.icalendar import feed_text


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The times of whoever has made the link, for a program that cannot sign in; else 404."""
    feed = services.open_feed(token=token)
    if feed is None:
        raise LinkOver
    with in_language_of(feed):
        response = HttpResponse(feed_text(feed), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@requires(Role.PEER_SUPPORTER)
def calendar_feed_settings(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@requires(Role.PEER_SUPPORTER)
def calendar_feed_renew(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Answers with the page itself: the address stands there once, and in no session."""
    token = services.renew_feed(by=request.user, shows_initials="shows_initials" in request.POST)
    address = request.build_absolute_uri(reverse("visits:calendar_feed", args=[token]))
    return _page(request, address)


@require_POST
@requires(Role.PEER_SUPPORTER)
def calendar_feed_withdraw(request: AuthenticatedHttpRequest) -> HttpResponse:
    services.withdraw_feed(by=request.user)
    messages.success(request, _("Withdrawn. The address opens nothing any more."))
    return redirect("visits:calendar_feed_settings")


def _page(request: AuthenticatedHttpRequest, address: str = "") -> HttpResponse:
    context = {
        "link": services.feed_link(by=request.user),
        "address": address,
        # What telephones and Outlook open as a subscription.
        "subscribe_url": f"webcal://{address.partition('://')[2]}" if address else "",
    }
    return render(request, "visits/calendar_feed.html", context)
