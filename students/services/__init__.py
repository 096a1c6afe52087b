"""What is done with referrals, pupils and support periods. Everything that changes data is here."""

from students.services.assignments import assign, end_assignment, open_assignments
from students.services.cases import edit_case, open_case
from students.services.duplicates import (
    Duplicates,
    likely_duplicates,
    likely_students,
    students_with_open_case,
)
from students.services.errors import (
    AlreadyDecided,
    AlreadyEnded,
    CapacityReached,
    CaseClosed,
    EditConflict,
    EnrolmentTooEarly,
    MainSupporterExists,
    NotAccepting,
    OpenCaseExists,
    Refused,
)
from students.services.guardians import add_guardian, edit_guardian
from students.services.matching import Match, measured, supporters_for
from students.services.merging import (
    CannotUndo,
    Comparison,
    MergedAlready,
    NotToBeMerged,
    Pair,
    compare,
    find_pair,
    merge_of,
    merge_students,
    merges_of,
    moved_rows,
    searches_of,
    unmerge_students,
)
from students.services.names import Name
from students.services.protection import (
    OpenedIdentity,
    change_protection,
    name_person,
    open_identity,
    opened_guardians,
    opened_identity,
    remove_named_person,
)
from students.services.referrals import (
    accept_referral,
    await_consent,
    decline_referral,
    send_referral,
)
from students.services.students import Place, edit_student, register_student
from students.services.whereabouts import (
    OpenedWhereabouts,
    open_whereabouts,
    write_whereabouts,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyEnded",
    "CannotUndo",
    "CapacityReached",
    "CaseClosed",
    "Comparison",
    "Duplicates",
    "EditConflict",
    "EnrolmentTooEarly",
    "MainSupporterExists",
    "Match",
    "MergedAlready",
    "Name",
    "NotAccepting",
    "NotToBeMerged",
    "OpenCaseExists",
    "OpenedIdentity",
    "OpenedWhereabouts",
    "Pair",
    "Place",
    "Refused",
    "accept_referral",
    "add_guardian",
    "assign",
    "await_consent",
    "change_protection",
    "compare",
    "decline_referral",
    "edit_case",
    "edit_guardian",
    "edit_student",
    "end_assignment",
    "find_pair",
    "likely_duplicates",
    "likely_students",
    "measured",
    "merge_of",
    "merge_students",
    "merges_of",
    "moved_rows",
    "name_person",
    "open_assignments",
    "open_case",
    "open_identity",
    "open_whereabouts",
    "opened_guardians",
    "opened_identity",
    "register_student",
    "remove_named_person",
    "searches_of",
    "send_referral",
    "students_with_open_case",
    "supporters_for",
    "unmerge_students",
    "write_whereabouts",
]
