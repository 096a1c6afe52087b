"""The demo's mail, for whoever looks at the demo: no mail leaves it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from operations import services
from peersupport.lib.pages import keyset_page

PAGE_SIZE = 20


@login_not_required
@require_safe
def sent_mail(request: HttpRequest) -> HttpResponse:
    """Every mail the demo has sent, the latest first; also signed out, for an invitation is accepted so."""
    if not settings.IS_DEMO:
        raise Http404
    mails = services.mail_of_the_demo()
    key = ("-created_at", "-id")
    page = keyset_page(mails, request.GET.get("after"), size=PAGE_SIZE, key=key, token_field="id")  # noqa: S106
    context = {
        "mails": page.rows,
        "newer_url": "" if page.is_first else request.path,
        "older_url": f"{request.path}?after={page.next_token}" if page.next_token else "",
    }
    return render(request, "operations/sent_mail.html", context)
