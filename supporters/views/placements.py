"""Where a supporter works, and how much."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from supporters import services
from supporters.forms import PlacementEndForm, PlacementForm
from supporters.models import PeerSupporter, Placement


@require_safe_or_post
def placement_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Places a supporter at one of the coordinator's schools; more than full time at once is refused."""
    visible = PeerSupporter.objects.visible_to(request.user).select_related("user")
    supporter = get_object_or_404(visible, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    back = reverse("overviews:supporter_detail", args=[supporter.public_id])
    form = PlacementForm(request.POST or None, instance=Placement(supporter=supporter), user=request.user)
    status = 200
    if request.method == "POST" and form.is_valid():
        if answer := _place(form, by=request.user, answer=back):
            messages.success(request, _("The placement is saved."))
            return redirect(answer)
        status = (
            200 if form.has_error("percent") or form.has_error("school") or form.has_error("ends_on") else 409
        )
    context = {"form": form, "supporter": supporter, "back": back}
    return render(request, "supporters/placement_create.html", context, status=status)


def _place(form: PlacementForm, *, by: User, answer: str) -> str | None:
    """Where to go after saving; None when the form has got an error instead."""

    def save() -> str:
        services.place(placement=form.save(commit=False), by=by)
        return answer

    try:
        return form.save_once(by=by, save=save)
    except services.WrongDays:
        form.add_error("ends_on", _("The last day cannot be before the first."))
    except services.AlreadyPlaced:
        form.add_error("school", _("The supporter already has a placement at this school in that period."))
    except services.OverFullTime as over:
        words = {"total": over.total, "day": date_format(over.day, "DATE_FORMAT")}
        form.add_error(
            "percent",
            _("That would be %(total)s percent on %(day)s. End another placement first, or write less.")
            % words,
        )
    return None


@require_safe_or_post
def placement_end(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Decides the last day of a placement. Pupils keep their supporter: nothing moves silently."""
    visible = Placement.objects.visible_to(request.user).select_related("supporter__user", "school")
    placement = get_object_or_404(visible, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR or placement.school_id not in request.user.acting.schools:
        raise PermissionDenied
    back = reverse("overviews:supporter_detail", args=[placement.supporter.public_id])
    form = PlacementEndForm(request.POST or None, initial={"version": placement.version})
    if request.method == "POST" and form.is_valid():
        placement.version = form.cleaned_data["version"] or placement.version
        try:
            services.end_placement(
                placement=placement, by=request.user, last_day=form.cleaned_data["ends_on"]
            )
        except services.WrongDays:
            form.add_error("ends_on", _("The last day cannot be before the first."))
        except services.ChangedMeanwhile:
            messages.warning(request, _("Somebody else has just changed this placement. Have a look at it."))
            return redirect(back)
        else:
            messages.success(request, _("The last day is saved."))
            return redirect(back)
    count = services.open_assignments_at(placement=placement, by=request.user)
    context = {"form": form, "placement": placement, "back": back, "count": count}
    return render(request, "supporters/placement_end.html", context)
