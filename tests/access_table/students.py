"""Addresses of `students`."""

from tests.access_table.actors import COORDINATORS, PEER, SIGNED_IN, STAFF
from tests.access_table.kinds import (
    ASSIGNMENT,
    CASE,
    GUARDIAN,
    MERGE,
    MOVE,
    MOVE_TO_ANSWER,
    PERSON_AROUND,
    PROTECTED,
    REFERRAL,
    STUDENT,
    SUPPORTER,
)
from tests.access_table.pages import ObjectPage, Page

ONLY_COORDINATORS = dict.fromkeys(SIGNED_IN - COORDINATORS, 403)

PAGES = (
    Page("students:referral_list", allowed={*COORDINATORS, STAFF}),
    Page("students:referral_create", allowed={*COORDINATORS, STAFF}, post=200),
    ObjectPage("students:referral_detail", of=REFERRAL, allowed={*COORDINATORS, STAFF}),
    ObjectPage("students:referral_accept", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_await_consent", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_decline", of=REFERRAL, allowed=COORDINATORS, post=200),
    ObjectPage("students:referral_withdraw", of=REFERRAL, allowed={STAFF}, post=200),
    Page("students:waiting_list", allowed=COORDINATORS),
    Page("students:opening_list", allowed=COORDINATORS),
    ObjectPage("students:match", of=CASE, allowed=COORDINATORS),
    ObjectPage("students:assignment_create", of=CASE, second=SUPPORTER, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_edit", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_pause", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_resume", of=CASE, allowed=COORDINATORS, get=405, post=302),
    ObjectPage("students:case_close", of=CASE, allowed=COORDINATORS, post=200),
    ObjectPage("students:case_reopen", of=CASE, allowed=COORDINATORS, get=302, post=302),  # it is open
    ObjectPage("students:person_create", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    # A teacher: the supporter changes the pupil's own people only.
    ObjectPage("students:person_edit", of=PERSON_AROUND, allowed=COORDINATORS, post=200),
    ObjectPage("students:person_end", of=PERSON_AROUND, allowed=COORDINATORS, post=200),
    ObjectPage("students:person_first_contact", of=PERSON_AROUND, allowed=COORDINATORS, get=405, post=302),
    ObjectPage(
        "students:assignment_end", of=ASSIGNMENT, allowed=COORDINATORS, post=200, unusual={"ended": 404}
    ),
    ObjectPage("students:student_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:whereabouts", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("students:reach", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("students:whereabouts_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:identity_open", of=PROTECTED, allowed={*COORDINATORS, PEER}, post=200),
    # Not open: first to the page that opens it.
    ObjectPage("students:identity_edit", of=PROTECTED, allowed=COORDINATORS, get=302, post=302),
    ObjectPage(
        "students:sealed_guardian_edit",
        of=PROTECTED,
        beside=("students_guardian", "protected"),
        allowed=COORDINATORS,
        get=302,
        post=302,
    ),
    ObjectPage("students:protection_edit", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:guardian_create", of=STUDENT, allowed=COORDINATORS, post=200),
    ObjectPage("students:guardian_edit", of=GUARDIAN, allowed=COORDINATORS, post=200),
    ObjectPage("students:named_person_create", of=PROTECTED, allowed=COORDINATORS, post=200),
    ObjectPage(
        "students:named_person_remove",
        of=PROTECTED,
        beside=("accounts_user", "lead"),
        allowed=COORDINATORS,
        post=302,
    ),
    ObjectPage("students:school_change", of=STUDENT, allowed=COORDINATORS, post=200),
    Page("students:school_move_list", allowed=COORDINATORS),
    ObjectPage("students:school_move_answer", of=MOVE_TO_ANSWER, allowed=COORDINATORS, post=200),
    ObjectPage("students:school_move_cancel", of=MOVE, allowed=COORDINATORS, post=302),
    ObjectPage("students:merge_find", of=STUDENT, allowed=COORDINATORS, post=200),
    # Role first: it has two pupils in its address, and neither of them alone decides.
    ObjectPage(
        "students:merge",
        of=STUDENT,
        beside=("students_student", "colleague"),
        allowed=COORDINATORS,
        post=200,
        unusual=ONLY_COORDINATORS,
    ),
    ObjectPage("students:merge_detail", of=MERGE, allowed=COORDINATORS),
    ObjectPage("students:merge_undo", of=MERGE, allowed=COORDINATORS, post=302),
)
