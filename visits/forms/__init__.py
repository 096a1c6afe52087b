"""What is filled in about contacts, bookings and next steps."""

from visits.forms.bookings import BookingForm, CancelBookingForm, NewBookingForm
from visits.forms.contacts import ContactForms, OccasionForm, PartForm, WithdrawForm
from visits.forms.steps import NextStepForm

__all__ = [
    "BookingForm",
    "CancelBookingForm",
    "ContactForms",
    "NewBookingForm",
    "NextStepForm",
    "OccasionForm",
    "PartForm",
    "WithdrawForm",
]
