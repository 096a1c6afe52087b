"""Thanks and questions about contacts, their answers, and tasks."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.people import CoordinatorFactory
from peersupport.demo.factories.support import ContactFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from visits.models import Feedback, FeedbackAnswer, Participation, Task


def _part_of_a_contact() -> Participation:
    contact = ContactFactory()
    with owner():
        part: Participation = Participation.objects.select_related("student__school__organisation").get(
            contact=contact
        )
    return part


class FeedbackFactory(Factory):
    """An open question; `FeedbackFactory(participation=part, thanks=True)`, `closed_by=user`."""

    class Meta:
        model = Feedback

    class Params:
        thanks = factory.Trait(kind="thanks", text="")

    participation = factory.LazyFunction(_part_of_a_contact)
    student_id = factory.SelfAttribute("participation.student_id")
    school_id = factory.SelfAttribute("participation.school_id")
    author_id = factory.SelfAttribute("participation.author_id")
    kind = "question"
    text = "Vill hen ses på skolan nästa gång?"
    made_by = factory.LazyAttribute(
        lambda o: CoordinatorFactory(organisation=o.participation.student.school.organisation)
    )
    closed_by = None
    closed_at = factory.LazyAttribute(lambda o: timezone.now() if o.closed_by else None)


class FeedbackAnswerFactory(Factory):
    class Meta:
        model = FeedbackAnswer

    feedback = factory.SubFactory(FeedbackFactory)
    student_id = factory.SelfAttribute("feedback.student_id")
    school_id = factory.SelfAttribute("feedback.school_id")
    author_id = factory.SelfAttribute("feedback.author_id")
    text = "Ja, på biblioteket."


class TaskFactory(Factory):
    """One's own, in three days; `TaskFactory(owner=user, student=student)`, `done_by=user`."""

    class Meta:
        model = Task

    owner = factory.LazyAttribute(lambda o: CoordinatorFactory(organisation=o.organisation))
    organisation = factory.LazyAttribute(lambda o: o.student.school.organisation)
    made_by = factory.SelfAttribute("owner")
    title = "Boka ett möte"
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=3))
    student: Any = None
    school_id = factory.LazyAttribute(lambda o: o.student.school_id if o.student else None)
    done_by = None
    done_at = factory.LazyAttribute(lambda o: timezone.now() if o.done_by else None)
