"""Whom it is for: pupils, who asked for support, and the support periods."""

from schools.codes import Protection, Sex, SupportPurpose
from students.models.case import (
    Assignment,
    AssignmentKind,
    Case,
    CaseStatus,
)
from students.models.people import Guardian, GuardianRelation, NamedPerson, ProtectionChange
from students.models.referral import (
    ConsentState,
    Referral,
    ReferralReason,
    ReferralStatus,
    ReferralStatusChange,
)
from students.models.student import (
    Enrolment,
    Identity,
    Student,
    Whereabouts,
)

__all__ = [
    "Assignment",
    "AssignmentKind",
    "Case",
    "CaseStatus",
    "ConsentState",
    "Enrolment",
    "Guardian",
    "GuardianRelation",
    "Identity",
    "NamedPerson",
    "Protection",
    "ProtectionChange",
    "Referral",
    "ReferralReason",
    "ReferralStatus",
    "ReferralStatusChange",
    "Sex",
    "Student",
    "SupportPurpose",
    "Whereabouts",
]
