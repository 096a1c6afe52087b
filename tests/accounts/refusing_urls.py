"""The site's addresses, and a few that do half of their work and then refuse, as no page should."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path

from operations.models import FormKey
from peersupport.urls import urlpatterns as site


def fine(request):
    """Looks at nothing and writes nothing."""
    return HttpResponse("fine")


def writing(request):
    _write(request)
    return HttpResponse("written")


def missing(request):
    _write(request)
    raise Http404


def refused(request):
    _write(request)
    raise PermissionDenied


def broken(request):
    _write(request)
    raise RuntimeError("broken on purpose")


def _write(request):
    FormKey.objects.bulk_create([FormKey(key=uuid.uuid4(), user_id=request.user.pk, body_digest="half")])


urlpatterns = [
    *site,
    *(
        path(f"try/{view.__name__}/", view, name=view.__name__)
        for view in (fine, writing, missing, refused, broken)
    ),
]
