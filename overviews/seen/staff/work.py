"""What somebody does in a day: pupils, contacts, hours, groups, tasks."""

from django.utils.translation import gettext_lazy as _

from overviews.seen.kinds import Kind, source
from overviews.seen.readers import CALLED, WHO_SEES_A_SUPPORTER, Reader
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
        key="appointments",
        title=_("What is planned for you without a pupil"),
        what=_("Supervision, training and meetings: what, when and where. Whoever plans it for you too."),
        sources=(source("visits_appointment", "supporter_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="appointments_made",
        title=_("What you have planned without a pupil"),
        what=_("That you planned or cancelled it, for yourself or for a colleague."),
        sources=(source("visits_appointment", "made_by_id", "cancelled_by_id"),),
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
        key="alarms",
        title=_("Alarms about your visits, and your part in others'"),
        what=_(
            "When a visit of yours was not ended or you asked for help, drills too: who was called and"
            " when, who took it, and how it ended. No pupil, no address."
        ),
        sources=(
            source("safety_alarm", "supporter_id", "raised_by_id", "taken_by_id", "resolved_by_id"),
            source("safety_alarmcall", "user_id"),
        ),
        of=frozenset(CALLED),
    ),
    Kind(
        key="duty",
        title=_("When you are on duty, and days on which you are away from it"),
        what=_("As what, which hours, and by which phone."),
        sources=(source("safety_dutyturn", "user_id"), source("safety_dutyaway", "user_id")),
        of=frozenset(CALLED),
    ),
    Kind(
        key="work_phone",
        title=_("Your number at work, for alarms"),
        what=_("Written by yourself. Whoever is called about a visit of yours sees it then."),
        sources=(source("safety_workphone", "user_id"),),
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
        key="home_visits",
        title=_("Your home visits"),
        what=_(
            "That the risk was checked and how you go, when you were on your way, there and done. Never where"
            " you are. A phone that holds the visit's key sees its number and its end."
        ),
        sources=(source("safety_homevisit", "supporter_id", "checked_by_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="visit_company",
        title=_("Visits you go along on"),
        what=_("That a colleague has said that you do."),
        sources=(source("safety_homevisit", "companion_id"),),
        of=SUPPORTERS,
    ),
    Kind(
        key="visit_log",
        title=_("The log of a home visit"),
        what=_("What you have done on it, when, and whether it was by the visit's key."),
        sources=(source("safety_visitlog", "by_id"),),
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
        key="concern",
        title=_("That you have reported a concern"),
        what=_("When, to whom and how. Never what you reported."),
        sources=(source("safety_concernreport", "author_id", "withdrawn_by_id"),),
        of=frozenset({*WRITERS, Role.SCHOOL_STAFF}),
    ),
    Kind(
        key="incidents",
        title=_("Incidents you have told of"),
        what=_("What happened to you, what you need, and what is done about it."),
        sources=(source("safety_incidentreport", "author_id", "supporter_id"),),
        of=WRITERS,
    ),
    Kind(
        key="incidents_answered",
        title=_("Incidents you have closed"),
        what=_("That it was you, and when."),
        sources=(source("safety_incidentreport", "closed_by_id"),),
        of=COORDINATORS,
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
