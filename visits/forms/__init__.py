"""What people type about contacts, thanks, questions and tasks."""

from visits.forms.contacts import ContactForms, OccasionForm, PartForm
from visits.forms.feedback import AnswerForm, QuestionForm, ThanksForm
from visits.forms.tasks import TaskEditForm, TaskForm

__all__ = [
    "AnswerForm",
    "ContactForms",
    "OccasionForm",
    "PartForm",
    "QuestionForm",
    "TaskEditForm",
    "TaskForm",
    "ThanksForm",
]
