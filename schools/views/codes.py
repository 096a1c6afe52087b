"""The code lists, as they hold for the organisation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peersupport.lib.http import AuthenticatedHttpRequest, requires
from schools.codes import rows, words_of
from schools.models import Role


@require_safe
@requires(Role.COORDINATOR, Role.LEAD, Role.ADMIN)
def code_lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The national lists with version and source, what is left out here, and the own values."""
    words = words_of(request.user.acting)
    context = {
        "lists": rows.code_lists(words),
        "one": words.target_group_one,
        "many": words.target_group_many,
        "is_admin": request.user.acting.role == Role.ADMIN,
    }
    return render(request, "schools/code_lists.html", context)
