"""Why schools says no."""


class MembershipRefused(Exception):
    """A rule about roles says no; its subclasses say which."""


class OwnMembership(MembershipRefused):
    """Nobody grants, confirms or ends a role of their own."""


class NotTheirsToGrant(MembershipRefused):
    """The role, or where it is held, is outside what the acting person may grant or end."""


class NotTheirsToConfirm(MembershipRefused):
    """It takes another person than the one who granted it: a coordinator or lead of the organisation."""


class WrongDays(MembershipRefused):
    """The last day lies before the first."""


class NeedsNewGrant(MembershipRefused):
    """An ended role is not revived, and an administrator prolongs none that sees pupils: grant a new one."""


class AlreadyHeld(MembershipRefused):
    """The person holds the same role at the same place already."""


class ChangedMeanwhile(Exception):
    """Somebody else has saved the same record since it was read."""


class InvitationRefused(Exception):
    """A rule about invitations says no; its subclasses say which."""


class AlreadyInvited(InvitationRefused):
    """The address has an invitation to the same role at the same place that is still open."""


class InvitationOver(InvitationRefused):
    """It has been accepted or withdrawn, or who sent it may no longer give the role."""
