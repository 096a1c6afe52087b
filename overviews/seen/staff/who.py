"""Who somebody is: name, roles, profile, own experience."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Kind, source
from overviews.seen.readers import EVERYBODY_HERE, IN_YOUR_ORGANISATION, Reader
from overviews.seen.staff.whose import ME, SUPPORTERS
from schools.models import Role

WHO_YOU_ARE = (
    Kind(
        key="name",
        title=_("Your name"),
        what=_("It stands beside what you have written and done."),
        sources=(source("accounts_user", "id"),),
        told=(ME, Reader(EVERYBODY_HERE, IN_YOUR_ORGANISATION)),
    ),
    Kind(
        key="address",
        title=_("E-mail address and work phone"),
        what=_("The address you sign in with, and the number you have at work."),
        sources=(source("accounts_user", "id"), source("account_emailaddress", "user_id")),
        told=(
            ME,
            Reader(Role.COORDINATOR, _("of peer supporters and school staff")),
            Reader(Role.SUPERVISOR, _("of those they supervise")),
            Reader(Role.LEAD, _("of peer supporters")),
            Reader(Role.ADMIN, IN_YOUR_ORGANISATION),
        ),
    ),
    Kind(
        key="roles",
        title=_("Your roles"),
        what=_("Which role, where, from when to when, and who gave it and confirmed it."),
        sources=(source("schools_membership", "user_id"),),
    ),
    Kind(
        key="roles_given",
        title=_("Roles you have given or confirmed"),
        what=_("That it was you, and when."),
        sources=(source("schools_membership", "granted_by_id", "confirmed_by_id"),),
        of=frozenset({Role.COORDINATOR, Role.LEAD, Role.ADMIN}),
    ),
    Kind(
        key="profile",
        title=_("Your profile"),
        what=_(
            "Languages, interests and what you write under About me, your employer, your supervisor, and"
            " whether you take new pupils. Woman or man, if you have said, only to meet a pupil's wish."
        ),
        sources=(source("supporters_peersupporter", "user_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="placements",
        title=_("Your placements"),
        what=_("At which schools, how much of full time, from when to when."),
        sources=(source("supporters_placement", "supporter_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="experience",
        title=_("Your own experience"),
        what=_("Your own words under About me. From the start only you see them, and you decide."),
        sources=(source("supporters_livedexperience", "supporter_id"),),
        kept=_("Until you delete it. Then it is gone at once."),
        of=SUPPORTERS,
    ),
    Kind(
        key="supervising",
        title=_("Whom you supervise"),
        what=_("That you are the supervisor of a peer supporter."),
        sources=(source("supporters_peersupporter", "supervisor_id"),),
        of=frozenset({Role.SUPERVISOR}),
    ),
)
