"""The quarterly drill: started, and its record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peersupport.lib.dates import today
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.forms.duty import DrillForm, RemarksForm
from safety.models import Alarm
from schools.models import Role

SHOWN = 40  # the latest: ten years of four


@require_safe
@requires(Role.COORDINATOR)
def drill_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The drills so far, the latest first."""
    drills = Alarm.objects.visible_to(request.user).drills().select_related("supporter__user", "taken_by")
    context = {
        "drills": drills.order_by("-raised_at", "-pk")[:SHOWN],
        "is_missing": services.drill_is_missing(),
    }
    return render(request, "safety/drill_list.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR)
def drill_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Starts one, now or later."""
    usual = {"day": today(), "starts": timezone.localtime().time()}
    form = DrillForm(request.POST or None, initial=usual, user=request.user)
    back, status = reverse("safety:drill_list"), 200
    if request.method == "POST" and (answer := form.saved_before(by=request.user)):
        return redirect(answer)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data

        def save() -> str:
            drill = services.plan_drill(supporter=chosen["supporter"], at=chosen["at"], by=request.user)
            return reverse("safety:drill_detail", args=[drill.public_id])

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, _("The drill is set. All who are called are told that it is a drill."))
            return redirect(answer)
        status = 409
    return render(request, "safety/drill_create.html", {"form": form, "back": back}, status=status)


@require_safe_or_post
def drill_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Its record, to print: when, who was called when, who took it after how long, what was learned."""
    drills = Alarm.objects.visible_to(request.user).drills()
    drill = get_object_or_404(drills, public_id=public_id)
    card = services.alarm_card(alarm=public_id)
    if card is None:
        raise Http404
    keeps = (
        request.user.acting.role == Role.COORDINATOR
        and drill.organisation_id == request.user.acting.organisation_id
    )
    form = RemarksForm(request.POST or None, initial={"remarks": drill.remarks}) if keeps else None
    if request.method == "POST" and form is not None and form.is_valid():
        services.note_remarks(drill=drill, by=request.user, remarks=form.cleaned_data["remarks"])
        messages.success(request, _("Saved."))
        return redirect("safety:drill_detail", public_id)
    return render(request, "safety/drill_detail.html", {"alarm": card, "form": form})
