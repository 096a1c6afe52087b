"""What is filled in about referrals, pupils and support periods."""

from students.forms.around import EndPersonForm, PersonAroundForm
from students.forms.assignment import AssignmentForm, EndAssignmentForm
from students.forms.case import CaseForm, CloseForm, PauseForm, ReopenForm
from students.forms.fields import NameSearchForm
from students.forms.merging import MergeForm
from students.forms.openings import ADDRESS_REASONS, NAME_REASONS, OpeningForm, WhereaboutsForm
from students.forms.referral import ReferralFilterForm, ReferralForm
from students.forms.referral_answer import AcceptForm, AnswerForm, WithdrawReferralForm
from students.forms.school_move import SchoolChangeForm, SchoolMoveAnswerForm
from students.forms.student import GuardianForm, NamedPersonForm, ProtectionForm, SealedNameForm, StudentForm

__all__ = [
    "ADDRESS_REASONS",
    "NAME_REASONS",
    "AcceptForm",
    "AnswerForm",
    "AssignmentForm",
    "CaseForm",
    "CloseForm",
    "EndAssignmentForm",
    "EndPersonForm",
    "GuardianForm",
    "MergeForm",
    "NameSearchForm",
    "NamedPersonForm",
    "OpeningForm",
    "PauseForm",
    "PersonAroundForm",
    "ProtectionForm",
    "ReferralFilterForm",
    "ReferralForm",
    "ReopenForm",
    "SchoolChangeForm",
    "SchoolMoveAnswerForm",
    "SealedNameForm",
    "StudentForm",
    "WhereaboutsForm",
    "WithdrawReferralForm",
]
