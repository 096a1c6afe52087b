"""What people type about contacts, bookings, next steps, thanks, questions, tasks and other time."""

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
from visits.forms.other_time import (
    NewOtherTimeForm,
    OtherTimeForm,
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
    "BookingForm",
    "CancelBookingForm",
    "ContactForms",
    "NewBookingForm",
    "NewOtherTimeForm",
    "NextStepForm",
    "OccasionForm",
    "OtherTimeForm",
    "PartForm",
    "QuestionForm",
    "TaskEditForm",
    "TaskForm",
    "ThanksForm",
    "WithdrawForm",
]
