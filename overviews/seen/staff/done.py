"""What bears somebody's name because they have done or changed it: for a pupil, a group, a referral."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Kind, source
from overviews.seen.staff.whose import COORDINATORS, REFERRERS, WRITERS
from schools.models import Role

WHAT_YOU_HAVE_DONE = (
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
            " someone around the pupil, opened, changed or ended the support, chose a peer supporter or a"
            " group."
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
        key="rule_changes",
        title=_("What you have changed in the rules and the school breaks"),
        what=_("When a pupil is long since met, and which days are left out: what, when, who."),
        sources=(
            source("schools_schoolbreakevent", "pgh_by_id"),
            source("schools_organisationevent", "pgh_by_id"),
        ),
        of=frozenset({Role.COORDINATOR, Role.ADMIN}),
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
