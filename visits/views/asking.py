"""Hör med: one tap on Översikt asks the supporter."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peersupport.lib.http import AuthenticatedHttpRequest, way_back
from schools.models import Role
from students.models import Case
from visits import services
from visits.views.answered import answered


@require_POST
def supporter_ask(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Gives the pupil's main supporter a task; the answer offers to take it back."""
    cases = Case.objects.visible_to(request.user).open().select_related("student")
    case = get_object_or_404(cases, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    back = way_back(request, reverse("overviews:overview"))
    try:
        task = services.ask_supporter(case=case, by=request.user)
    except services.NobodyToAsk:
        return answered(request, _("The pupil has no peer supporter to ask today."), back=back)
    is_mine = task.made_by_id == request.user.pk
    undo = reverse("visits:task_take_back", args=[task.public_id]) if is_mine else ""
    return answered(request, _("Your question is sent."), undo=undo, back=back)
