"""Inviting by e-mail: what has been sent, what became of it, once more, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.reauthentication import reauthenticated
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from peersupport.lib.pages import keyset_page, paging
from schools import services
from schools.forms.invitations import InvitationForm
from schools.invitation_rows import invitation_rows
from schools.models import Invitation, Role
from schools.refusals import refusal_text

PAGE_SIZE = 30
ALL = "all"


@require_safe
@requires(Role.COORDINATOR, Role.ADMIN)
def invitation_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those that wait for an answer, or all of them; the latest first."""
    invitations = Invitation.objects.visible_to(request.user).with_people()
    shows_all = request.GET.get("show") == ALL
    if not shows_all:
        invitations = invitations.open()
    page = keyset_page(invitations, request.GET.get("after"), size=PAGE_SIZE, key=("-created_at", "-pk"))
    context = {"rows": invitation_rows(page.rows), "shows_all": shows_all, **paging(request, page)}
    return render(request, "schools/invitation_list.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR, Role.ADMIN)
@reauthenticated
def invitation_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Offers a role to an address; who has it gets a link."""
    form, status = InvitationForm(request.POST or None, user=request.user), 200
    if request.method == "POST" and (before := form.saved_before(by=request.user)):
        return redirect(before)
    if request.method == "POST" and form.is_valid():
        try:
            answer = form.save_once(by=request.user, save=lambda: _invite(request, form))
        except (services.MembershipRefused, services.InvitationRefused) as refused:
            form.add_error(None, str(refusal_text(refused)))
        else:
            if answer:
                messages.success(request, _("The invitation is on its way."))
                return redirect(answer)
            status = 409
    context = {"form": form, "needs_confirmation": request.user.acting.role == Role.ADMIN}
    return render(request, "schools/invitation_create.html", context, status=status)


def _invite(request: AuthenticatedHttpRequest, form: InvitationForm) -> str:
    services.invite(**form.invitation(), by=request.user, address_of=lambda token: address(request, token))
    return reverse("schools:invitation_list")


def address(request: HttpRequest, token: str) -> str:
    """The link as it stands in the mail."""
    return request.build_absolute_uri(reverse("schools:invitation_open", args=[token]))


@require_POST
def invitation_send_again(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """A new link to the same address; the earlier one stops working."""
    invitation = _open_invitation(request, public_id)
    try:
        services.send_again(
            invitation=invitation, by=request.user, address_of=lambda token: address(request, token)
        )
    except (services.InvitationRefused, services.ChangedMeanwhile):
        messages.warning(request, _("This invitation has been answered or changed meanwhile."))
    else:
        messages.success(request, _("A new link is on its way; the earlier one no longer works."))
    return redirect("schools:invitation_list")


@require_safe_or_post
def invitation_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Takes an invitation back, after a question."""
    invitation = _open_invitation(request, public_id)
    if request.method == "POST":
        try:
            services.withdraw_invitation(invitation=invitation, by=request.user)
        except (services.InvitationRefused, services.ChangedMeanwhile):
            messages.warning(request, _("This invitation has been answered or changed meanwhile."))
        else:
            messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect("schools:invitation_list")
    return render(request, "schools/invitation_withdraw.html", {"invitation": invitation})


def _open_invitation(request: AuthenticatedHttpRequest, public_id: UUID) -> Invitation:
    """One that the user may change. Answered or withdrawn, it is only read, in the list."""
    visible = Invitation.objects.visible_to(request.user).with_people()
    invitation: Invitation = get_object_or_404(visible, public_id=public_id)
    if not _may_change(invitation, by=request.user):
        raise PermissionDenied
    return invitation


def _may_change(invitation: Invitation, *, by: User) -> bool:
    return services.may_grant(
        role=invitation.role,
        organisation_id=invitation.organisation_id,
        school=invitation.school,
        by=by,
    )
