"""Pages about referrals, pupils and support periods."""

from students.views.assignments import assignment_create, assignment_end
from students.views.decisions import referral_accept, referral_await_consent, referral_decline
from students.views.guardians import guardian_create, guardian_edit
from students.views.openings import opening_list
from students.views.protection import (
    identity_open,
    named_person_create,
    named_person_remove,
    protection_edit,
)
from students.views.referrals import referral_create, referral_detail, referral_list
from students.views.students import case_edit, student_edit
from students.views.waiting import match, waiting_list
from students.views.whereabouts import whereabouts, whereabouts_edit

__all__ = [
    "assignment_create",
    "assignment_end",
    "case_edit",
    "guardian_create",
    "guardian_edit",
    "identity_open",
    "match",
    "named_person_create",
    "named_person_remove",
    "opening_list",
    "protection_edit",
    "referral_accept",
    "referral_await_consent",
    "referral_create",
    "referral_decline",
    "referral_detail",
    "referral_list",
    "student_edit",
    "waiting_list",
    "whereabouts",
    "whereabouts_edit",
]
