"""What is done with referrals, pupils and support periods. Everything that changes data is here."""

from students.services.assignments import assign, end_assignment, open_assignments
from students.services.cases import (
    close_case,
    edit_case,
    open_case,
    pause_case,
    reopen_case,
    resume_case,
)
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
    CaseOpen,
    ContactAfterEnd,
    EditConflict,
    EnrolmentTooEarly,
    MainSupporterExists,
    NotAccepting,
    NotPaused,
    OpenCaseExists,
    Refused,
)
from students.services.guardians import add_guardian, edit_guardian
from students.services.matching import Match, measured, supporters_for
from students.services.names import Name
from students.services.people_around import (
    add_person,
    edit_person,
    end_person,
    mark_first_contact,
    opened_people,
)
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
    "CapacityReached",
    "CaseClosed",
    "CaseOpen",
    "ContactAfterEnd",
    "Duplicates",
    "EditConflict",
    "EnrolmentTooEarly",
    "MainSupporterExists",
    "Match",
    "Name",
    "NotAccepting",
    "NotPaused",
    "OpenCaseExists",
    "OpenedIdentity",
    "OpenedWhereabouts",
    "Place",
    "Refused",
    "accept_referral",
    "add_guardian",
    "add_person",
    "assign",
    "await_consent",
    "change_protection",
    "close_case",
    "decline_referral",
    "edit_case",
    "edit_guardian",
    "edit_person",
    "edit_student",
    "end_assignment",
    "end_person",
    "likely_duplicates",
    "likely_students",
    "mark_first_contact",
    "measured",
    "name_person",
    "open_assignments",
    "open_case",
    "open_identity",
    "open_whereabouts",
    "opened_guardians",
    "opened_identity",
    "opened_people",
    "pause_case",
    "register_student",
    "remove_named_person",
    "reopen_case",
    "resume_case",
    "send_referral",
    "students_with_open_case",
    "supporters_for",
    "write_whereabouts",
]
