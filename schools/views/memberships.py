"""Roles: confirmed and ended by coordinators and leads; the list of them is composed in overviews."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.reauthentication import ask_who_it_is
from peersupport.lib.dates import short_date
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools import services
from schools.forms.memberships import NOW, MembershipEndForm
from schools.models import Membership, Role


@require_POST
def membership_confirm(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Lets a role that an administrator has granted take effect."""
    visible = Membership.objects.visible_to(request.user).with_people()
    membership = get_object_or_404(visible, public_id=public_id)
    try:
        services.confirm_membership(membership=membership, by=request.user)
    except services.MembershipRefused as refused:
        raise PermissionDenied from refused
    except services.ChangedMeanwhile:
        messages.warning(request, _("Somebody else has just changed this role. Have a look at it again."))
    else:
        words = {"name": membership.user.name, "role": membership.get_role_display()}
        messages.success(request, _("%(name)s may now work as %(role)s.") % words)
    return redirect("start")


@require_safe_or_post
def membership_end(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Ends a role at once or after a last day; access ends with it, in open pages too."""
    visible = Membership.objects.visible_to(request.user).with_people()
    membership = get_object_or_404(visible, public_id=public_id)
    if not services.may_end(membership=membership, by=request.user) or membership.is_over:
        raise PermissionDenied
    ask_who_it_is(request)
    form = MembershipEndForm(
        request.POST or None,
        membership=membership,
        by=request.user,
        initial={"version": membership.version},
    )
    if request.method == "POST" and form.is_valid():
        _end(request, membership, form)
        return redirect("schools:member_list")
    context = {
        "form": form,
        "membership": membership,
        "is_supporter": membership.role == Role.PEER_SUPPORTER,
    }
    return render(request, "schools/membership_end.html", context)


def _end(request: AuthenticatedHttpRequest, membership: Membership, form: MembershipEndForm) -> None:
    membership.version = form.cleaned_data["version"] or membership.version
    done = _("The role is ended. You can invite the person again whenever you like.")
    try:
        if form.cleaned_data["when"] == NOW:
            services.end_membership(membership=membership, by=request.user)
        else:
            last_day = form.cleaned_data["last_day"]
            services.set_last_day(membership=membership, by=request.user, last_day=last_day)
            done = _("The role holds to and including %(day)s.") % {"day": short_date(last_day)}
    except services.ChangedMeanwhile:
        messages.warning(request, _("Somebody else has just changed this role. Have a look at it again."))
    else:
        messages.success(request, done)
