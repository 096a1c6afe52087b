"""Who may read what was changed (ADR 0016). No rule for writing: triggers do, with the owner's rights.

What an event copied may lie behind: a pupil's school then is not the school today. So each rule asks the row
itself, or the pupil's: history follows the pupil, and closes with the assignment.
"""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    ME,
    MY_ORGANISATION,
    MY_OWN,
    MY_SCHOOLS,
    MY_STUDENTS,
    MY_WORKPLACES,
    Rule,
)


def _of_a(table: str, condition: str, key: str = "pgh_obj_id", column: str = "id") -> str:
    """The row of `table` that the event tells of fulfils `condition` now."""
    return f"exists (select 1 from {table} o where o.{column} = {key} and {condition})"


def _of_a_pupil(condition: str, key: str) -> dict[str, Rule]:
    return {"coordinator": Rule(read=_of_a("students_student", condition, key))}


IS_AT_MY_SCHOOLS, IS_OF_MY_STUDENTS = f"o.school_id = {MY_SCHOOLS}", f"o.student_id = {MY_STUDENTS}"
# A protected pupil's name, guardians and people are sealed, and so is when they were changed.
AT_MY_SCHOOLS_IN_THE_OPEN = f"{IS_AT_MY_SCHOOLS} and not o.is_protected"
OF_MY_STUDENTS_IN_THE_OPEN = f"{IS_OF_MY_STUDENTS} and not o.is_protected"
IS_MINE = f"o.author_id = {ME} and {IS_OF_MY_STUDENTS}"
# A contact without names is of no pupil that could close it.
COUNTS_HEADS_OF_MINE = f"{AS_PEER_SUPPORTER} and o.author_id = {ME} and o.head_count is not null"
TELLS_WHAT_CAME_OF_IT = "(pgh_label = 'insert' or pgh_was ? 'status')"

POLICIES: dict[str, dict[str, Rule]] = {
    # By the organisation's id in the event: a break that was removed has no row to ask.
    "schools_schoolbreakevent": {
        "coordinator": Rule(read=f"organisation_id = {MY_ORGANISATION} and {AS_COORDINATOR}")
    },
    "schools_organisationevent": {
        "coordinator": Rule(read=f"pgh_obj_id = {MY_ORGANISATION} and {AS_COORDINATOR}")
    },
    "students_studentevent": _of_a_pupil(IS_AT_MY_SCHOOLS, "pgh_obj_id"),
    "students_identityevent": _of_a_pupil(AT_MY_SCHOOLS_IN_THE_OPEN, "student_id"),
    "students_whereaboutsevent": _of_a_pupil(IS_AT_MY_SCHOOLS, "student_id"),
    "students_enrolmentevent": {
        "coordinator": Rule(read=_of_a("students_enrolment", f"o.access_school_id = {MY_SCHOOLS}"))
    },
    "students_guardianevent": {
        "coordinator": Rule(read=_of_a("students_guardian", AT_MY_SCHOOLS_IN_THE_OPEN))
    },
    "students_namedpersonevent": _of_a_pupil(IS_AT_MY_SCHOOLS, "student_id"),
    "students_personaroundevent": {
        "coordinator": Rule(read=_of_a("students_personaround", AT_MY_SCHOOLS_IN_THE_OPEN)),
        "peer_supporter": Rule(read=_of_a("students_personaround", OF_MY_STUDENTS_IN_THE_OPEN)),
    },
    "students_referralevent": {
        "coordinator": Rule(read=_of_a("students_referral", IS_AT_MY_SCHOOLS)),
        "school_staff": Rule(
            read=f"{TELLS_WHAT_CAME_OF_IT} and {_of_a('students_referral', f'o.school_id = {MY_WORKPLACES}')}"
        ),
    },
    "students_caseevent": {
        "coordinator": Rule(read=_of_a("students_case", IS_AT_MY_SCHOOLS)),
        "peer_supporter": Rule(read=_of_a("students_case", IS_OF_MY_STUDENTS)),
    },
    "students_assignmentevent": {
        "coordinator": Rule(read=_of_a("students_assignment", IS_AT_MY_SCHOOLS)),
        # Row security of the assignments leaves a supporter their own.
        "peer_supporter": Rule(read=_of_a("students_assignment", IS_OF_MY_STUDENTS)),
    },
    "visits_contactevent": {
        "coordinator": Rule(
            read=f"{_of_a('visits_participation', IS_AT_MY_SCHOOLS, column='contact_id')}"
            f" or {_of_a('visits_contact', IS_AT_MY_SCHOOLS)}"
        ),
        "peer_supporter": Rule(
            read=f"{_of_a('visits_participation', IS_MINE, column='contact_id')}"
            f" or {_of_a('visits_contact', COUNTS_HEADS_OF_MINE)}"
        ),
    },
    "visits_participationevent": {
        "coordinator": Rule(read=_of_a("visits_participation", IS_AT_MY_SCHOOLS)),
        "peer_supporter": Rule(read=_of_a("visits_participation", IS_MINE)),
    },
    "visits_bookingevent": {
        "coordinator": Rule(read=_of_a("visits_booking", IS_AT_MY_SCHOOLS)),
        # As with assignments: their own.
        "peer_supporter": Rule(read=_of_a("visits_booking", IS_OF_MY_STUDENTS)),
    },
    "visits_groupmemberevent": {
        "coordinator": Rule(read=_of_a("visits_groupmember", IS_AT_MY_SCHOOLS)),
        "peer_supporter": Rule(read=_of_a("visits_groupmember", IS_OF_MY_STUDENTS)),
    },
    # Of tasks about a pupil; row security of the tasks leaves a supporter those they do or have given.
    "visits_taskevent": {
        "coordinator": Rule(read=_of_a("visits_task", IS_AT_MY_SCHOOLS)),
        "peer_supporter": Rule(read=_of_a("visits_task", IS_OF_MY_STUDENTS)),
    },
    # As the note was.
    "visits_noterevision": {
        "coordinator": Rule(read=AT_MY_SCHOOLS),
        "peer_supporter": Rule(read=MY_OWN),
    },
}

# Who changed a user, a role, a school, a link, a placement, a group or other time: kept, on no page, told by
# an operator who is asked.
CLOSED_TABLES = (
    "accounts_userevent",
    "safety_dutyturnevent",
    "safety_concernreportevent",
    "safety_incidentreportevent",
    "safety_organisationnumberevent",
    "safety_safetyrulesevent",
    "schools_librarylinkevent",
    "schools_membershipevent",
    "schools_schoolcontactevent",
    "schools_schoolevent",
    "supporters_peersupporterevent",
    "supporters_placementevent",
    "visits_appointmentevent",
    "visits_othertimeevent",
    "visits_groupdateevent",
    "visits_groupseriesevent",
    "pghistory_context",  # the library's own, not in use
)
