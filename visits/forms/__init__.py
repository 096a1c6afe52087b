"""What people type about contacts, bookings, groups, next steps, thanks, questions, tasks and other time."""

from visits.forms.appointments import AppointmentForm, NewAppointmentForm
from visits.forms.bookings import (
    BookingForm,
    CancelBookingForm,
    NewBookingForm,
    asked_day,
)
from visits.forms.contacts import (
    ContactForms,
    PartForm,
    WithdrawForm,
    problems_of,
)
from visits.forms.feedback import (
    AnswerForm,
    QuestionForm,
    ThanksForm,
)
from visits.forms.groups.attendance import (
    AttendanceForm,
)
from visits.forms.groups.dates import (
    CancelGroupDateForm,
    GroupDateForm,
    GroupDatesForm,
)
from visits.forms.groups.members import (
    LeaveForm,
    MembersForm,
)
from visits.forms.groups.series import (
    AgainForm,
    EndGroupForm,
    GroupForm,
    NewGroupForm,
)
from visits.forms.heads import (
    HeadsForm,
)
from visits.forms.occasions import (
    OccasionForm,
)
from visits.forms.other_time import (
    NewOtherTimeForm,
    OtherTimeForm,
)
from visits.forms.steps import (
    NextStepForm,
)
from visits.forms.supervision import (
    TopicEditForm,
    TopicForm,
)
from visits.forms.tasks import (
    TaskEditForm,
    TaskForm,
)
from visits.forms.warnings import (
    soft_warnings,
)

__all__ = [
    "AppointmentForm",
    "NewAppointmentForm",
    "AgainForm",
    "AnswerForm",
    "AttendanceForm",
    "BookingForm",
    "CancelBookingForm",
    "CancelGroupDateForm",
    "ContactForms",
    "EndGroupForm",
    "GroupDateForm",
    "GroupDatesForm",
    "GroupForm",
    "HeadsForm",
    "LeaveForm",
    "MembersForm",
    "NewBookingForm",
    "NewGroupForm",
    "NewOtherTimeForm",
    "NextStepForm",
    "OccasionForm",
    "OtherTimeForm",
    "PartForm",
    "QuestionForm",
    "TaskEditForm",
    "TaskForm",
    "ThanksForm",
    "TopicEditForm",
    "TopicForm",
    "WithdrawForm",
    "asked_day",
    "problems_of",
    "soft_warnings",
]
