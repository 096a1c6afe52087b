"""The administrator's page about the worker."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from operations import services
from peersupport.lib.http import AuthenticatedHttpRequest


@require_safe
def status(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits and since when, what has failed, and whether a worker runs."""
    found = services.operations_status()  # the database knows whose it is
    if found is None:
        raise PermissionDenied
    return render(request, "operations/status.html", {"status": found})
