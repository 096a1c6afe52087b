"""Whom it is for: pupils, who asked for support, and the support periods."""

from students.models.case import (
    Assignment,
    AssignmentKind,
    Case,
    CaseStatus,
    SupportPurpose,
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
    READ_BY_COORDINATORS,
    READ_BY_SUPPORTERS,
    Enrolment,
    Identity,
    Protection,
    Sex,
    Student,
    Whereabouts,
)

__all__ = [
    "READ_BY_COORDINATORS",
    "READ_BY_SUPPORTERS",
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
