"""The pupils: names, addresses, guardians, referrals, support periods."""

from peersupport.scope.policies.rules import (
    AT_MY_SCHOOLS,
    AT_MY_WORKPLACE,
    LINKS_NOBODY_ELSES,
    ME,
    MY_REFERRED,
    MY_SCHOOLS,
    MY_STUDENTS,
    NOT_SEALED,
    OF_MY_STUDENTS,
    OF_MY_SUPPORTERS,
    OF_STUDENTS_WE_REFERRED,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "students_student": {
        "coordinator": Rule(*[f"{AT_MY_SCHOOLS} and merged_into_id is null"] * 3),  # read, insert, change
        "peer_supporter": Rule(read=f"id = {MY_STUDENTS}"),
        "school_staff": Rule(read=f"id = {MY_REFERRED}"),
    },
    # Written by the functions that merge and unmerge, nobody else.
    "students_studentmerge": {"coordinator": Rule(read=AT_MY_SCHOOLS)},
    # Written by the functions that plan, answer and carry out a change of school.
    "students_schoolmove": {"coordinator": Rule(read=f"{AT_MY_SCHOOLS} or to_school_id = {MY_SCHOOLS}")},
    "students_identity": {
        "coordinator": Rule(
            read=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
            insert=AT_MY_SCHOOLS,
            change=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {NOT_SEALED}"),
        "school_staff": Rule(read=f"{OF_STUDENTS_WE_REFERRED} and {NOT_SEALED}"),
    },
    # Column grants besides: web reads only whose row it is; the rest opens through open_whereabouts.
    "students_whereabouts": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=AT_MY_SCHOOLS,
            change=AT_MY_SCHOOLS,
            delete=AT_MY_SCHOOLS,  # when a pupil becomes protected (DOMAIN §4)
        ),
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_enrolment": {
        "coordinator": Rule(*[f"access_school_id = {MY_SCHOOLS}"] * 3),  # read, insert, change
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_guardian": {
        "coordinator": Rule(
            read=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
            insert=AT_MY_SCHOOLS,
            change=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {NOT_SEALED}"),
    },
    "students_personaround": {
        "coordinator": Rule(
            read=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
            insert=f"{AT_MY_SCHOOLS} and added_by_id = {ME}",
            change=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
        ),
        # The pupil's own important people; those who work with the pupil are the coordinator's to note.
        "peer_supporter": Rule(
            read=f"{OF_MY_STUDENTS} and {NOT_SEALED}",
            insert=f"{OF_MY_STUDENTS} and kind = 'own' and added_by_id = {ME}",
            change=f"{OF_MY_STUDENTS} and {NOT_SEALED} and kind = 'own'",
        ),
    },
    "students_namedperson": {
        "anyone": Rule(read=f"user_id = {ME}"),
        "coordinator": Rule(
            read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and chosen_by_id = {ME}", delete=AT_MY_SCHOOLS
        ),
    },
    "students_protectionchange": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and changed_by_id = {ME}"),
    },
    "students_referral": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and {LINKS_NOBODY_ELSES}",
            change=f"{AT_MY_SCHOOLS} and {LINKS_NOBODY_ELSES}",
        ),
        "school_staff": Rule(
            read=AT_MY_WORKPLACE,
            insert=f"{AT_MY_WORKPLACE} and referred_by_id = {ME} and student_id is null",
        ),
    },
    "students_referralstatuschange": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and by_id = {ME}"),
        "school_staff": Rule(read=AT_MY_WORKPLACE, insert=f"{AT_MY_WORKPLACE} and by_id = {ME}"),
    },
    "students_case": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=AT_MY_SCHOOLS, change=AT_MY_SCHOOLS),
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_casestatuschange": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and by_id = {ME}"),
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_assignment": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and {OF_MY_SUPPORTERS}",
            change=AT_MY_SCHOOLS,
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS}"),
    },
}
