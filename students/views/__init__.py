"""Pages about referrals, pupils and support periods."""

from students.views.assignments import assignment_create, assignment_end
from students.views.cases import case_close, case_edit, case_pause, case_reopen, case_resume
from students.views.decisions import (
    referral_accept,
    referral_await_consent,
    referral_decline,
    referral_withdraw,
)
from students.views.guardians import guardian_create, guardian_edit
from students.views.merging import merge, merge_detail, merge_find, merge_undo
from students.views.openings import opening_list
from students.views.people_around import (
    person_create,
    person_edit,
    person_end,
    person_first_contact,
)
from students.views.protection import (
    identity_open,
    named_person_create,
    named_person_remove,
    protection_edit,
)
from students.views.reach import reach
from students.views.referrals import referral_create, referral_detail, referral_list
from students.views.school_moves import (
    school_change,
    school_move_answer,
    school_move_cancel,
    school_move_list,
)
from students.views.sealed import identity_edit, sealed_guardian_edit
from students.views.students import student_edit
from students.views.waiting import match, waiting_list
from students.views.whereabouts import whereabouts, whereabouts_edit

__all__ = [
    "assignment_create",
    "assignment_end",
    "case_close",
    "case_edit",
    "case_pause",
    "case_reopen",
    "case_resume",
    "guardian_create",
    "guardian_edit",
    "identity_edit",
    "identity_open",
    "match",
    "merge",
    "merge_detail",
    "merge_find",
    "merge_undo",
    "named_person_create",
    "named_person_remove",
    "opening_list",
    "person_create",
    "person_edit",
    "person_end",
    "person_first_contact",
    "protection_edit",
    "reach",
    "referral_accept",
    "referral_await_consent",
    "referral_create",
    "referral_decline",
    "referral_detail",
    "referral_list",
    "referral_withdraw",
    "school_change",
    "school_move_answer",
    "school_move_cancel",
    "school_move_list",
    "sealed_guardian_edit",
    "student_edit",
    "waiting_list",
    "whereabouts",
    "whereabouts_edit",
]
