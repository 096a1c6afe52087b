"""A supporter's profile, as the coordinator keeps it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import record_opening
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools.models import Role
from supporters import services
from supporters.forms import NewSupporterForm, SupporterForm
from supporters.models import PeerSupporter


@require_safe_or_post
@requires(Role.COORDINATOR)
def supporter_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A profile for someone with the role peer supporter; for coordinators of the whole organisation."""
    if request.user.acting.school_id is not None:
        raise PermissionDenied
    form, status = NewSupporterForm(request.POST or None, user=request.user), 200
    if request.method == "POST" and (before := form.saved_before(by=request.user)):
        return redirect(before)
    if request.method == "POST" and form.is_valid():
        try:
            answer = form.save_once(by=request.user, save=lambda: _create(form, by=request.user))
        except services.NotAPeerSupporter:
            form.add_error("user", _("This person already has a profile, or no longer has the role."))
        else:
            if answer:
                messages.success(request, _("The profile is saved. Next: where is the supporter placed?"))
                return redirect(answer)
            status = 409
    nobody = not services.users_without_profile(by=request.user).exists()
    return render(
        request, "supporters/supporter_create.html", {"form": form, "nobody": nobody}, status=status
    )


def _create(form: NewSupporterForm, *, by: User) -> str:
    supporter = services.create_supporter(supporter=form.save(commit=False), by=by)
    return reverse("overviews:supporter_detail", args=[supporter.public_id])


@require_safe_or_post
def supporter_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a profile, and whether the supporter takes new pupils; a second writer is shown both texts."""
    visible = PeerSupporter.objects.visible_to(request.user).select_related("user")
    supporter = get_object_or_404(visible, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    version, stored = supporter.version, SupporterForm(instance=supporter, user=request.user)
    back = reverse("overviews:supporter_detail", args=[supporter.public_id])
    form = SupporterForm(
        request.POST or None, instance=supporter, user=request.user, initial={"version": version}
    )
    if request.method == "POST" and form.is_valid():
        supporter.version = form.cleaned_data["version"] or version
        try:
            services.change_supporter(supporter=supporter, by=request.user)
        except services.ChangedMeanwhile:
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("The profile is saved."))
        return redirect(back)
    if request.method != "POST":
        page, request_id = "supporters:supporter_edit", request.request_id
        record_opening(by=request.user, of=supporter.user, page=page, request_id=request_id)
    context = {"form": form, "supporter": supporter, "back": back}
    return render(request, "supporters/supporter_edit.html", context)
