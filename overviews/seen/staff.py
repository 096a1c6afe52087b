"""What the service holds about those who work in it, kind by kind: every table that names one of them."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from operations.services.tidying import FORM_KEYS_KEPT, MAIL_KEPT
from overviews.seen.kinds import Group, Kind, days, source
from overviews.seen.readers import (
    ANYONE,
    EVERYBODY_HERE,
    IN_YOUR_ORGANISATION,
    SELF,
    WHO_SEES_A_SUPPORTER,
    Reader,
)
from schools.models import Role

SUPPORTERS = frozenset({Role.PEER_SUPPORTER})
WRITERS = frozenset({Role.PEER_SUPPORTER, Role.COORDINATOR})
COORDINATORS = frozenset({Role.COORDINATOR})
REFERRERS = frozenset({Role.COORDINATOR, Role.SCHOOL_STAFF})
ME = Reader(SELF, acting=ANYONE)

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
            " whether"
            " you take new pupils. Woman or man, if you have said, only to meet a pupil's wish."
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

YOUR_WORK = (
    Kind(
        key="assignments",
        title=_("Your assignments"),
        what=_("Which pupils you have and have had, from when to when, and why it ended."),
        sources=(source("students_assignment", "supporter_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="contacts",
        title=_("Your contacts"),
        what=_(
            "When, what kind, how it went, minutes and travel. A withdrawn one too, on a page of its own."
        ),
        sources=(
            source("visits_contact", "author_id", "supporter_id", "withdrawn_by_id"),
            source("visits_participation", "author_id"),
            source("visits_groupcontact", "author_id"),
        ),
        of=WRITERS,
    ),
    Kind(
        key="other_time",
        title=_("Your other time"),
        what=_(
            "Meetings, travel and whatever is not with a pupil: what, when, how long, and your note. The"
            " supervisor and the lead see the sum of it only."
        ),
        sources=(source("visits_othertime", "supporter_id", "withdrawn_by_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="notes",
        title=_("Your notes"),
        what=_("And what they said before you corrected them."),
        sources=(
            source("visits_contactnote", "author_id"),
            source("visits_noterevision", "author_id", "by_id"),
        ),
        of=WRITERS,
    ),
    Kind(
        key="corrections",
        title=_("When you have changed a contact"),
        what=_("What it was before, when you changed it, and that you did."),
        sources=(source("visits_contactevent", "author_id", "supporter_id", "withdrawn_by_id"),),
        of=WRITERS,
    ),
    Kind(
        key="load",
        title=_("Your load and your hours"),
        what=_(
            "How many pupils of how many places, hours by kind and contacts by week. Sums only: the"
            " supervisor and"
            " the lead never see which pupils."
        ),
        sources=(),
        kept=_("Counted anew each time. Nothing is kept."),
        of=SUPPORTERS,
        told=(ME, *WHO_SEES_A_SUPPORTER),
    ),
    Kind(
        key="bookings",
        title=_("Your booked times"),
        what=_("With whom, when and where."),
        sources=(source("visits_booking", "supporter_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="feedback",
        title=_("Thanks and questions to you"),
        what=_("About your contacts, and what you have answered."),
        sources=(source("visits_feedback", "author_id"), source("visits_feedbackanswer", "author_id")),
        of=SUPPORTERS,
    ),
    Kind(
        key="feedback_given",
        title=_("Thanks and questions from you"),
        what=_("About contacts of peer supporters, and that you have closed a question."),
        sources=(source("visits_feedback", "made_by_id", "closed_by_id"),),
        of=COORDINATORS,
    ),
    Kind(
        key="groups_led",
        title=_("Groups you lead or have led"),
        what=_("Which, from when to when."),
        sources=(source("visits_groupleader", "user_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="groups",
        title=_("What you have done for a group"),
        what=_("That it was you who made it, planned, moved or cancelled a date, or chose who leads it."),
        sources=(
            source("visits_groupseries", "made_by_id"),
            source("visits_groupdate", "made_by_id", "moved_by_id", "cancelled_by_id"),
            source("visits_groupleader", "added_by_id", "ended_by_id"),
        ),
        of=WRITERS,
    ),
    Kind(
        key="topics",
        title=_("What you want to bring up in supervision"),
        what=_("Your own list, without pupils. Your supervisor hears of it when you bring it up."),
        sources=(source("visits_supervisiontopic", "author_id"),),
        kept=_("Until you delete it."),
        of=SUPPORTERS,
    ),
    Kind(
        key="tasks",
        title=_("Tasks you do or have given"),
        what=_(
            "What is to be done, by when, and when it was done. A task about no pupil only those two see."
        ),
        sources=(source("visits_task", "owner_id", "made_by_id", "done_by_id"),),
        of=WRITERS,
    ),
    Kind(
        key="referrals",
        title=_("Referrals you have sent or answered"),
        what=_("That it was you, when, and what you wrote."),
        sources=(
            source("students_referral", "referred_by_id"),
            source("students_referralstatuschange", "by_id"),
            source("students_referralevent", "pgh_by_id", "referred_by_id"),
        ),
        of=REFERRERS,
    ),
    Kind(
        key="done_for_pupils",
        title=_("What you have done for a pupil"),
        what=_(
            "That it was you who booked or cancelled a time, wrote or ticked off a next step, added"
            " someone around"
            " the pupil, opened, changed or ended the support, chose a peer supporter or a group."
        ),
        sources=(
            source("visits_nextstep", "written_by_id", "done_by_id"),
            source("visits_booking", "made_by_id", "cancelled_by_id"),
            source("visits_participation", "step_done_by_id"),
            source("students_personaround", "added_by_id"),
            source("students_case", "opened_by_id", "closed_by_id"),
            source("students_casestatuschange", "by_id"),
            source("visits_groupmember", "added_by_id", "ended_by_id"),
            source("students_assignment", "made_by_id", "ended_by_id"),
        ),
        of=WRITERS,
    ),
    Kind(
        key="changes",
        title=_("What you have changed"),
        what=_(
            "In the support, assignments, contacts, bookings, tasks and people around a pupil: what, when,"
            " who."
        ),
        sources=(
            source("students_caseevent", "pgh_by_id", "opened_by_id", "closed_by_id"),
            source("students_assignmentevent", "pgh_by_id", "supporter_id", "made_by_id", "ended_by_id"),
            source("students_personaroundevent", "pgh_by_id", "added_by_id"),
            source("visits_bookingevent", "pgh_by_id", "supporter_id", "made_by_id", "cancelled_by_id"),
            source("visits_contactevent", "pgh_by_id"),
            source("visits_participationevent", "pgh_by_id", "step_done_by_id"),
            source("visits_taskevent", "pgh_by_id", "owner_id", "made_by_id", "done_by_id"),
        ),
        of=WRITERS,
    ),
    Kind(
        key="group_changes",
        title=_("When you have written that a pupil comes to a group or leaves it"),
        what=_("What, when, and that it was you."),
        sources=(source("visits_groupmemberevent", "pgh_by_id", "added_by_id", "ended_by_id"),),
        of=WRITERS,
    ),
    Kind(
        key="decisions",
        title=_("What you have changed and decided about a pupil's details"),
        what=_(
            "Name, school, address, guardians, protection, merging and moving: what, when, and that it was"
            " you."
        ),
        sources=(
            source("students_studentevent", "pgh_by_id"),
            source("students_identityevent", "pgh_by_id"),
            source("students_whereaboutsevent", "pgh_by_id"),
            source("students_enrolmentevent", "pgh_by_id"),
            source("students_guardianevent", "pgh_by_id"),
            source("students_namedpersonevent", "pgh_by_id", "chosen_by_id"),
            source("students_protectionchange", "changed_by_id"),
            source("students_schoolmove", "asked_by_id", "accepted_by_id", "cancelled_by_id"),
            source("students_studentmerge", "merged_by_id", "undone_by_id"),
        ),
        of=COORDINATORS,
    ),
    Kind(
        key="library",
        title=_("Links you have put into the library or taken out"),
        what=_("That it was you who changed it last."),
        sources=(source("schools_librarylink", "changed_by_id", "withdrawn_by_id"),),
        of=COORDINATORS,
    ),
    Kind(
        key="chosen",
        title=_("Protected names you have been chosen to open"),
        what=_("That you may, and who chose you."),
        sources=(source("students_namedperson", "user_id"),),
    ),
    Kind(
        key="chosen_before",
        title=_("That you were chosen for it, or no longer are"),
        what=_("When, and who chose."),
        sources=(source("students_namedpersonevent", "user_id"),),
    ),
    Kind(
        key="chosen_by_you",
        title=_("Whom you have chosen to open a protected name"),
        what=_("That it was you who chose."),
        sources=(source("students_namedperson", "chosen_by_id"),),
        of=COORDINATORS,
    ),
)

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
            "Changes of your user, roles, profile, placements, groups and other time,"
            " and those you have made of others'"
        ),
        what=_("Kept by the database itself. No page shows them."),
        sources=(
            source("accounts_userevent", "pgh_obj_id", "pgh_by_id"),
            source("schools_membershipevent", "user_id", "granted_by_id", "confirmed_by_id", "pgh_by_id"),
            source("supporters_peersupporterevent", "pgh_obj_id", "user_id", "supervisor_id", "pgh_by_id"),
            source("supporters_placementevent", "supporter_id", "pgh_by_id"),
            source("visits_groupseriesevent", "made_by_id", "pgh_by_id"),
            source("visits_groupdateevent", "made_by_id", "moved_by_id", "cancelled_by_id", "pgh_by_id"),
            source("visits_othertimeevent", "supporter_id", "withdrawn_by_id", "pgh_by_id"),
            source("schools_librarylinkevent", "changed_by_id", "withdrawn_by_id", "pgh_by_id"),
            source("schools_organisationevent", "pgh_by_id"),
            source("schools_schoolevent", "pgh_by_id"),
            source("schools_schoolcontactevent", "pgh_by_id"),
        ),
    ),
)

GROUPS = (
    Group("you", _("Who you are"), WHO_YOU_ARE),
    Group("work", _("Your work"), YOUR_WORK),
    Group("traces", _("Traces of what you do"), TRACES),
)
KINDS = tuple(kind for group in GROUPS for kind in group.kinds)
