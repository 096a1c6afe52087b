"""What a phone without a network needs: the worker that keeps pages for it, the empty form, a fresh token."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.phone import owner_of_drafts
from schools.models import Role
from visits import services
from visits.forms import ContactForms

HAVE_CONTACTS = (Role.PEER_SUPPORTER, Role.COORDINATOR)
OURS = Path(settings.BASE_DIR) / "static"
KEPT = ("css", "img", "js")
# What the worker is made of; it does not keep itself.
WORKER = OURS / "js" / "service_worker.js"


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers without a network; at the root, for it sees only what lies at or below it.

    The same for everybody: the addresses of static files, of two pages that hold no person, and no more.
    """
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> str:
    """Its text, with the files of this release: after another release phones fetch it anew."""
    files = _static_files()
    release = sha256(json.dumps(files).encode()).hexdigest()[:16]
    if settings.DEBUG:  # file names without a digest of what is in them
        release += f"-{timezone.now():%H%M%S}"
    pages = {"form": reverse("visits:contact_offline"), "concern": reverse("safety:concern_offline")}
    about = {"release": release, "files": files, **pages}
    return f"const ABOUT = {json.dumps(about)};\n{WORKER.read_text()}"


def _static_files() -> list[str]:
    """The addresses of all that the empty form is drawn with."""
    ours = sorted(
        path.relative_to(OURS).as_posix()
        for folder in KEPT
        for path in (OURS / folder).rglob("*")
        if path.is_file() and path != WORKER
    )
    return [static(name) for name in ("js-lib-bootstrap5/css/bootstrap.min.css", *HTMX, *ours)]


HTMX = ("django_htmx/htmx-2.min.js",)


@require_safe
@requires(*HAVE_CONTACTS)
def contact_offline(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The form of a contact with nobody in it: a phone keeps it, and shows it where there is no network."""
    forms = ContactForms([services.nobody()], user=request.user)
    context = {
        "forms": forms,
        "nobody": services.NOBODY,
        **{"warnings": [], "is_warned": False, "can_remove": False, "links": []},
    }
    return render(request, "visits/contact_offline.html", context)


@require_safe
@requires(*HAVE_CONTACTS)
def contact_token(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A fresh token for sending what waits in the phone, and whose it has to be. Signed-in users only."""
    return JsonResponse({"token": get_token(request), "owner": owner_of_drafts(request.user)})


@require_safe
@requires(*HAVE_CONTACTS)
def contact_received(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A contact came in for an assignment that has ended: said plainly, with nothing of the pupil."""
    return render(request, "visits/contact_received.html")
