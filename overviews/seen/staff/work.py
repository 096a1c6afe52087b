"""What somebody does in a day: pupils, contacts, hours, groups, tasks."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Kind, source
from overviews.seen.readers import WHO_SEES_A_SUPPORTER, Reader
from overviews.seen.staff.whose import COORDINATORS, ME, SUPPORTERS, WRITERS
from schools.models import Role

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
            "When, what kind, how it went, minutes and travel. A withdrawn one too, on a page of its own. One"
            " without names is seen by the coordinators of its school."
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
            " supervisor and the lead never see which pupils."
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
        key="busy",
        title=_("When your time is taken"),
        what=_(
            "So that nobody plans two things for you at once. Whoever plans is told that you are busy then,"
            " and not with what."
        ),
        sources=(source("visits_busytime", "user_id"),),
        kept=_("While it is planned."),
        of=SUPPORTERS,
        told=(
            WHO_SEES_A_SUPPORTER[0],
            Reader(Role.PEER_SUPPORTER, _("those who lead a group together with you")),
        ),
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
        what=_(
            "That it was you who made or ended it, planned, moved or cancelled a date, or chose who leads it."
        ),
        sources=(
            source("visits_groupseries", "made_by_id", "ended_by_id"),
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
)
