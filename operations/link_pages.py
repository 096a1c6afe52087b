"""For the views behind a link: `enter_link` where the token arrives, then `opened_link` and `use_link`.

The token leaves the address at once: the first answer keeps it, sealed, in the session and redirects to an
address without it (TRUST T16). Whatever is wrong with a link, the answer is the same 404, with its own words.

    @login_not_required
    @require_safe
    def invitation_enter(request, token):
        return enter_link(request, LinkKind.INVITATION, token, to=reverse("schools:invitation_accept"))

    @login_not_required
    @require_safe_or_post
    def invitation_accept(request):
        link = opened_link(request, LinkKind.INVITATION)  # link.object_id says which
        ...
        use_link(request, link)  # in the POST that does it
"""

from cryptography.fernet import InvalidToken
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from operations import services
from operations.models import LinkKind
from operations.services import OpenedLink
from peersupport.lib.sealing import seal, unseal

SESSION_KEY = "links"


class LinkOver(Http404):
    """The link opens nothing: used, withdrawn, run out, or never one. Nobody is told which."""


def enter_link(request: HttpRequest, kind: LinkKind, token: str, *, to: str) -> HttpResponse:
    """Take the token out of the address and go on to the path `to`; 404 when the link cannot be opened."""
    if services.open_link(kind=kind, token=token) is None:
        raise LinkOver
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), str(kind): seal(token)}
    response = HttpResponseRedirect(to)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def opened_link(request: HttpRequest, kind: LinkKind) -> OpenedLink:
    """The link this browser came by, open for the rest of the request; 404 when it no longer opens."""
    token = _kept_token(request, kind)
    link = services.open_link(kind=kind, token=token) if token else None
    if link is None:
        raise LinkOver
    return link


def _kept_token(request: HttpRequest, kind: LinkKind) -> str:
    kept = request.session.get(SESSION_KEY, {}).get(str(kind))
    try:
        return unseal(kept) if kept else ""
    except InvalidToken:  # its key is no longer among FIELD_KEYS
        return ""


def use_link(request: HttpRequest, link: OpenedLink) -> None:
    """Use the link up, in a POST; 404 when another request got there first, and then nothing is changed."""
    if request.method != "POST":
        raise ValueError("A link is used up by a POST only: scanners of mail open links too.")
    if not services.use_link(link=link):
        raise LinkOver
    others = {kind: kept for kind, kept in request.session[SESSION_KEY].items() if kind != link.kind}
    request.session[SESSION_KEY] = others
