"""Why a role is refused, in words for whoever filled in a form."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from schools import services

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFUSALS: dict[type[Exception], "StrOrPromise"] = {
    services.OwnMembership: _("Nobody changes their own role. Ask another administrator."),
    services.NotTheirsToGrant: _("This role is not yours to change."),
    services.WrongDays: _("The last day cannot be before the first."),
    services.AlreadyHeld: _("The person already has this role here in that period."),
    services.NeedsNewGrant: _("A role is not prolonged here. Add a new one from the day after the last."),
    services.AlreadyInvited: _("An invitation to the same role already waits for this person's answer."),
    services.InvitationOver: _("This invitation has been answered or withdrawn."),
}


def refusal_text(refused: Exception) -> "StrOrPromise":
    """Why not, for a MembershipRefused or an InvitationRefused."""
    return REFUSALS.get(type(refused), REFUSALS[services.NotTheirsToGrant])
