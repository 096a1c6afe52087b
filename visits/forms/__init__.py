"""What people type about contacts, bookings, groups, next steps, thanks, questions and tasks."""

from visits.forms.bookings import (
    BookingForm,
    CancelBookingForm,
    NewBookingForm,
)
from visits.forms.contacts import (
    ContactForms,
    OccasionForm,
    PartForm,
    WithdrawForm,
)
from visits.forms.feedback import (
    AnswerForm,
    QuestionForm,
    ThanksForm,
)
from visits.forms.groups import (
    AttendanceForm,
    CancelGroupDateForm,
    GroupDateForm,
    GroupDatesForm,
    GroupForm,
    LeaveForm,
    MembersForm,
    NewGroupForm,
)
from visits.forms.steps import (
    NextStepForm,
)
from visits.forms.tasks import (
    TaskEditForm,
    TaskForm,
)

__all__ = [
    "AnswerForm",
    "AttendanceForm",
    "BookingForm",
    "CancelBookingForm",
    "CancelGroupDateForm",
    "ContactForms",
    "GroupDateForm",
    "GroupDatesForm",
    "GroupForm",
    "LeaveForm",
    "MembersForm",
    "NewBookingForm",
    "NewGroupForm",
    "NextStepForm",
    "OccasionForm",
    "PartForm",
    "QuestionForm",
    "TaskEditForm",
    "TaskForm",
    "ThanksForm",
    "WithdrawForm",
]
