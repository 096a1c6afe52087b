"""What is left behind without anybody writing it: logs, sign-ins, mail, history."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from operations.services.tidying import FORM_KEYS_KEPT, MAIL_KEPT
from overviews.seen.kinds import Kind, days, source
from overviews.seen.staff.whose import ME, SUPPORTERS
from schools.models import Role

TRACES = (
    Kind(
        key="openings",
        title=_("Who has opened your page"),
        what=_("Each opening of a peer supporter's page by someone else: who, in which role, when."),
        # Such a row names no pupil and no school, so that coordinators have nothing to know it by.
        sources=(source("accounts_accesslog", "about_user_id", never=(Role.COORDINATOR,)),),
        of=SUPPORTERS,
    ),
    Kind(
        key="reads",
        title=_("Pages with pupils that you have opened"),
        what=_("Which page, when, in which role and which pupils. So it is for everybody."),
        sources=(source("accounts_accesslog", "user_id"),),
    ),
    Kind(
        key="signing_in",
        title=_("Where you are signed in"),
        what=_(
            "From how many browsers, and when they were last used. And the app with your codes, if you"
            " have one."
        ),
        sources=(source("accounts_session", "user_id"), source("mfa_authenticator", "user_id")),
        kept=format_lazy(
            _("Until you sign out, or for {hours} hours and the night after. The app until you remove it."),
            hours=settings.SESSION_COOKIE_AGE // 3600,
        ),
        told=(ME,),
    ),
    Kind(
        key="filters",
        title=_("The filters you used last"),
        what=_("What you had chosen in a list. Never a word you have searched for."),
        sources=(source("accounts_listfilter", "user_id"),),
        kept=_("Until you clear the filter or choose another."),
    ),
    Kind(
        key="forms",
        title=_("That you have sent a form"),
        what=_("A key, so that the same form sent twice is saved once."),
        sources=(source("operations_formkey", "user_id"),),
        kept=days(FORM_KEYS_KEPT.days),
    ),
    Kind(
        key="mail_caused",
        title=_("Mail the service has sent because of something you did"),
        what=_("That it was sent, and when. Neither to whom nor what it says."),
        sources=(source("operations_outgoingmail", "made_by_id"),),
        kept=days(MAIL_KEPT.days),
    ),
    Kind(
        key="mail_received",
        title=_("Mail the service has sent to you"),
        what=_("That it was sent, and when. Neither to whom nor what it says."),
        sources=(source("operations_outgoingmail", "to_user_id"),),
        kept=days(MAIL_KEPT.days),
    ),
    Kind(
        key="links",
        title=_("Links you have made"),
        what=_("What for, until when, and whether it has been opened."),
        sources=(source("operations_link", "made_by_id", "user_id", "withdrawn_by_id"),),
        of=frozenset({Role.COORDINATOR, Role.PEER_SUPPORTER, Role.ADMIN}),
    ),
    Kind(
        key="invitations",
        title=_("Invitations you have sent or accepted"),
        what=_("To whom, to which role and where, and whether it is accepted."),
        sources=(source("schools_invitation", "invited_by_id", "accepted_by_id", "withdrawn_by_id"),),
    ),
    Kind(
        key="administration",
        title=_("What you have changed on the administrator's pages"),
        what=_("Which record, which fields, when."),
        sources=(source("django_admin_log", "user_id"),),
        of=frozenset({Role.ADMIN}),
    ),
    Kind(
        key="closed",
        title=_(
            "Changes of your user, roles, profile, placements, groups, duty and other time,"
            " and those you have made of others'"
        ),
        what=_("Kept by the database itself. No page shows them."),
        sources=(
            source("accounts_userevent", "pgh_obj_id", "pgh_by_id"),
            source("schools_membershipevent", "user_id", "granted_by_id", "confirmed_by_id", "pgh_by_id"),
            source("supporters_peersupporterevent", "pgh_obj_id", "user_id", "supervisor_id", "pgh_by_id"),
            source("supporters_placementevent", "supporter_id", "pgh_by_id"),
            source("visits_groupseriesevent", "made_by_id", "ended_by_id", "pgh_by_id"),
            source("visits_groupdateevent", "made_by_id", "moved_by_id", "cancelled_by_id", "pgh_by_id"),
            source("visits_appointmentevent", "supporter_id", "made_by_id", "cancelled_by_id", "pgh_by_id"),
            source("visits_othertimeevent", "supporter_id", "withdrawn_by_id", "pgh_by_id"),
            source("schools_librarylinkevent", "changed_by_id", "withdrawn_by_id", "pgh_by_id"),
            source("safety_organisationnumberevent", "pgh_by_id"),
            source("safety_concernreportevent", "author_id", "withdrawn_by_id", "pgh_by_id"),
            source("safety_incidentreportevent", "author_id", "supporter_id", "closed_by_id", "pgh_by_id"),
            source("safety_safetyrulesevent", "pgh_by_id"),
            source("safety_dutyturnevent", "user_id", "pgh_by_id"),
            source("schools_schoolevent", "pgh_by_id"),
            source("schools_schoolcontactevent", "pgh_by_id"),
        ),
    ),
)
