"""What the service holds about a pupil, kind by kind: every table that names one."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Group, Kind, days, source
from schools.models import Role
from students.models.merge import DAYS_TO_UNDO

WHO_THE_PUPIL_IS = (
    Kind(
        key="pupil",
        title=_("That the pupil is here, with school and grade"),
        what=_("And what works, and what the pupil likes."),
        sources=(source("students_student", "id", "merged_into_id"),),
    ),
    Kind(
        key="name",
        title=_("The name"),
        what=_(
            "Of a pupil with protected details everybody sees an alias. The peer supporter and those who"
            " are chosen open the name for 15 minutes, say why, and the coordinators are told."
        ),
        sources=(source("students_identity", "student_id"),),
    ),
    Kind(
        key="whereabouts",
        title=_("Address and phone"),
        what=_("Opened only by saying why. Each opening is written in the log."),
        sources=(source("students_whereabouts", "student_id"),),
    ),
    Kind(
        key="enrolments",
        title=_("Schools and grades before"),
        what=_("From which day the pupil has gone where."),
        sources=(source("students_enrolment", "student_id"),),
    ),
    Kind(
        key="guardians",
        title=_("Guardians and people around the pupil"),
        what=_("Names, and how they are reached."),
        sources=(source("students_guardian", "student_id"), source("students_personaround", "student_id")),
    ),
    Kind(
        key="protection",
        title=_("Protected details, merging and changes of school"),
        what=_("What was decided, when and by whom."),
        sources=(
            source("students_protectionchange", "student_id"),
            source("students_studentmerge", "kept_id", "absorbed_id"),
            source("students_schoolmove", "student_id"),
        ),
    ),
    Kind(
        key="named",
        title=_("Who may open a protected name"),
        what=_("Those a coordinator has chosen. The pupil's peer supporter always may."),
        sources=(source("students_namedperson", "student_id"),),
    ),
)

THE_SUPPORT = (
    Kind(
        key="referral",
        title=_("The referral"),
        what=_("What the school wrote when it asked for support, and what the answer was."),
        sources=(source("students_referral", "student_id"), source("students_referralevent", "student_id")),
    ),
    Kind(
        key="support",
        title=_("The support"),
        what=_("From when to when, what for, who the peer supporter is, and pauses."),
        sources=(
            source("students_case", "student_id"),
            source("students_casestatuschange", "student_id"),
            source("students_assignment", "student_id"),
        ),
    ),
    Kind(
        key="contacts",
        title=_("Contacts"),
        what=_("That you met or talked, when and for how long."),
        sources=(source("visits_participation", "student_id"),),
    ),
    Kind(
        key="notes",
        title=_("Notes"),
        what=_(
            "What the peer supporter has written, perhaps together with the pupil. And what it said before."
        ),
        sources=(source("visits_contactnote", "student_id"), source("visits_noterevision", "student_id")),
    ),
    Kind(
        key="concern",
        title=_("That a concern has been reported"),
        what=_("When, to whom and how. Never what. It stands in no list, no history and no export."),
        sources=(source("safety_concernreport", "student_id"),),
    ),
    Kind(
        key="concern_changes",
        title=_("Changes of such a marker"),
        what=_("Kept by the database itself. No page shows them."),
        sources=(source("safety_concernreportevent", "student_id"),),
    ),
    Kind(
        key="feedback",
        title=_("Thanks and questions about a contact"),
        what=_("From the coordinator to the peer supporter, and the answer."),
        sources=(source("visits_feedback", "student_id"), source("visits_feedbackanswer", "student_id")),
    ),
    Kind(
        key="plans",
        title=_("Booked times, groups, next steps and tasks"),
        what=_("What is to happen."),
        sources=(
            source("visits_nextstep", "student_id"),
            source("visits_booking", "student_id"),
            source("visits_task", "student_id"),
            source("visits_groupmember", "student_id"),
        ),
    ),
)

TRACES = (
    Kind(
        key="changes",
        title=_("Changes in the support"),
        what=_("Who has changed what in the support, contacts, bookings, tasks and people around the pupil."),
        sources=(
            source("students_caseevent", "student_id"),
            source("students_assignmentevent", "student_id"),
            source("students_personaroundevent", "student_id"),
            source("visits_participationevent", "student_id"),
            source("visits_bookingevent", "student_id"),
            source("visits_taskevent", "student_id"),
        ),
    ),
    Kind(
        key="group_changes",
        title=_("When the pupil came to a group and left it"),
        what=_("What, when, and who wrote it."),
        sources=(source("visits_groupmemberevent", "student_id"),),
    ),
    Kind(
        key="corrections",
        title=_("Changes of the pupil's details"),
        what=_("Who has changed what, when. Of name and address only that they were changed."),
        sources=(
            source("students_studentevent", "pgh_obj_id", "merged_into_id"),
            source("students_identityevent", "student_id"),
            source("students_whereaboutsevent", "student_id"),
            source("students_enrolmentevent", "student_id"),
            source("students_guardianevent", "student_id"),
            source("students_namedpersonevent", "student_id"),
        ),
    ),
    Kind(
        key="reads",
        title=_("Who has opened the pupil's pages"),
        what=_(
            "Each time someone opens a page with the pupil: who, in which role, when. Nobody can change it."
        ),
        # Rows that tell of a pupil are about no person of ours.
        sources=(source("accounts_accesslog", "student_ids", never=(Role.PEER_SUPPORTER,)),),
    ),
    Kind(
        key="links",
        title=_("Links about the pupil"),
        what=_("To whoever has no account. It opens one thing, and ends."),
        sources=(source("operations_link", "student_id"),),
    ),
    Kind(
        key="merged",
        title=_("What a merge moved"),
        what=_("So that it can be taken back exactly. No page shows it."),
        sources=(source("students_mergetrace"),),
        kept=days(DAYS_TO_UNDO),
    ),
)

GROUPS = (
    Group("pupil", _("Who the pupil is"), WHO_THE_PUPIL_IS),
    Group("support", _("The support"), THE_SUPPORT),
    Group("traces", _("Traces"), TRACES),
)
KINDS = tuple(kind for group in GROUPS for kind in group.kinds)
