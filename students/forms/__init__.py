"""What is filled in about referrals, pupils and support periods."""

from students.forms.assignment import AssignmentForm, EndAssignmentForm
from students.forms.fields import NameSearchForm
from students.forms.merging import MergeForm
from students.forms.openings import (
    ADDRESS_REASONS,
    NAME_REASONS,
    OpeningForm,
    WhereaboutsForm,
)
from students.forms.referral import (
    AcceptForm,
    AnswerForm,
    ReferralFilterForm,
    ReferralForm,
    WithdrawReferralForm,
)
from students.forms.school_move import SchoolChangeForm, SchoolMoveAnswerForm
from students.forms.student import (
    CaseForm,
    GuardianForm,
    NamedPersonForm,
    ProtectionForm,
    SealedNameForm,
    StudentForm,
)

__all__ = [
    "ADDRESS_REASONS",
    "NAME_REASONS",
    "AcceptForm",
    "AnswerForm",
    "AssignmentForm",
    "CaseForm",
    "EndAssignmentForm",
    "GuardianForm",
    "MergeForm",
    "NameSearchForm",
    "NamedPersonForm",
    "OpeningForm",
    "ProtectionForm",
    "ReferralFilterForm",
    "ReferralForm",
    "SchoolChangeForm",
    "SchoolMoveAnswerForm",
    "SealedNameForm",
    "StudentForm",
    "WhereaboutsForm",
    "WithdrawReferralForm",
]
