"""Whom it is for: pupils, who asked for support, and the support periods."""

from schools.codes import Protection, Sex, SupportPurpose
from students.models.around import PersonAround, PersonKind
from students.models.case import TRIAL_AHEAD, Assignment, AssignmentKind, Case, CaseStatus
from students.models.case_change import CaseEndReason, CaseStatusChange
from students.models.enrolment import Enrolment
from students.models.identity import Identity, Whereabouts
from students.models.merge import DAYS_TO_UNDO, MergeTrace, StudentMerge
from students.models.people import Guardian, GuardianRelation, NamedPerson, ProtectionChange
from students.models.referral import (
    ConsentState,
    Referral,
    ReferralReason,
    ReferralStatus,
    ReferralStatusChange,
)
from students.models.school_move import SchoolMove
from students.models.student import READ_BY_COORDINATORS, READ_BY_SUPPORTERS, Student

__all__ = [
    "TRIAL_AHEAD",
    "READ_BY_COORDINATORS",
    "READ_BY_SUPPORTERS",
    "Assignment",
    "AssignmentKind",
    "Case",
    "CaseEndReason",
    "CaseStatus",
    "CaseStatusChange",
    "ConsentState",
    "DAYS_TO_UNDO",
    "Enrolment",
    "Guardian",
    "GuardianRelation",
    "Identity",
    "MergeTrace",
    "NamedPerson",
    "PersonAround",
    "PersonKind",
    "Protection",
    "ProtectionChange",
    "Referral",
    "ReferralReason",
    "ReferralStatus",
    "ReferralStatusChange",
    "SchoolMove",
    "Sex",
    "Student",
    "StudentMerge",
    "SupportPurpose",
    "Whereabouts",
]
