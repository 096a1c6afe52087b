"""Hör med: a coordinator asks a supporter, in one tap, about a pupil who is long since met."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from operations.services import in_language_of
from peersupport.lib.dates import monday_of, today
from students.models import Assignment, AssignmentKind, Case
from visits.models import Task
from visits.services.tasks import create_task, task_owners

DAYS_TO_ANSWER = 3


class NobodyToAsk(Exception):
    """The support period has no main supporter today who could have a task about the pupil."""


@transaction.atomic
def ask_supporter(*, case: Case, by: User) -> Task:
    """A task to the main supporter, in words that hold nothing about the pupil. Raises NobodyToAsk.

    Asked again while the supporter has an open task about the pupil, that one is the answer: a double tap
    asks once.
    """
    list(Case.objects.visible_to(by).filter(pk=case.pk).select_for_update(of=("self",)).values_list("pk"))
    mains = Assignment.objects.visible_to(by).holding_today().filter(case=case, kind=AssignmentKind.MAIN)
    main = mains.select_related("supporter__user").first()
    owners = {owner.pk: owner for owner in task_owners(student=case.student)}
    if main is None or main.supporter.user_id not in owners:
        raise NobodyToAsk
    user = main.supporter.user
    waiting = Task.objects.visible_to(by).open().owned_by(user).filter(student=case.student_id)
    if task := waiting.order_by("due_on", "pk").first():
        return task
    with in_language_of(user):
        title = _("It has been a while. Get in touch, or tell me how things are.")
    return create_task(
        by=by, title=title, due_on=_on_a_weekday(), owner=owners[user.pk], student=case.student
    )


def _on_a_weekday() -> date:
    """In three days, or on the Monday after."""
    day = today() + timedelta(days=DAYS_TO_ANSWER)
    return day if day.weekday() < 5 else monday_of(day) + timedelta(days=7)
