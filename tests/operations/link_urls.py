"""The site's addresses, and the pages behind a link as an app would write them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from operations.link_pages import enter_link, opened_link, use_link
from operations.models import LinkKind
from peersupport.lib.http import require_safe_or_post
from peersupport.urls import handler404  # noqa: F401  Django looks for it here
from peersupport.urls import urlpatterns as site


@login_not_required
@require_safe
def enter(request, token):
    return enter_link(request, LinkKind.INVITATION, token, to=reverse("behind_link"))


@login_not_required
@require_safe_or_post
def behind(request):
    link = opened_link(request, LinkKind.INVITATION)
    if request.method == "POST":
        use_link(request, link)
        return HttpResponse("done")
    return HttpResponse(f"for {link.object_id}")


urlpatterns = [
    path("enter/<str:token>/", enter, name="enter_link"),
    path("behind/", behind, name="behind_link"),
    *site,
]
