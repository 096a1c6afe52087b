"""Tasks: given, changed, done, and not done after all."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from schools.models import Organisation
from students.models import Student
from visits.models import Task
from visits.services.contacts import Overtaken


class WrongOwner(Exception):
    """Nobody whom one may give this task to: they would not see it, or the pupil it is about."""


@dataclass(frozen=True, slots=True)
class TaskOwner:
    """Someone a task may be given to."""

    pk: int
    public_id: UUID
    name: str
    is_coordinator: bool


OWNERS = """
select u.id, u.public_id, concat_ws(' ', u.given_name, u.family_name), bool_or(o.role = 'coordinator')
  from task_owners(%s) o join accounts_user u on u.id = o.user_id
 group by u.id order by u.family_name, u.given_name, u.id
"""


def task_owners(*, student: Student | None) -> list[TaskOwner]:
    """Those to whom whoever is in scope may give a task about `student`, or about no pupil.

    Oneself; coordinators; from a coordinator also the supporters. Of a pupil only those who see the pupil.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWNERS, [student.pk if student else None])
        return [TaskOwner(*row) for row in cursor.fetchall()]


def create_task(*, by: User, title: str, due_on: date, owner: TaskOwner, student: Student | None) -> Task:
    """Save a new task; row security asks once more whether `owner` may have it."""
    task = Task(
        organisation=Organisation.objects.visible_to(by).get(),
        title=title,
        due_on=due_on,
        owner_id=owner.pk,
        student=student,
        school_id=student.school_id if student else None,
        made_by=by,
    )
    task.save(force_insert=True)
    return task


@transaction.atomic
def edit_task(*, task: Task, by: User, version: int, title: str, due_on: date, owner_id: int) -> None:
    """Change what, by when or who, if it is still at `version`. Raises Overtaken and WrongOwner.

    An owner that stays may be one who no longer sees the task; a new one may not.
    """
    if owner_id != task.owner_id and owner_id not in {one.pk for one in task_owners(student=task.student)}:
        raise WrongOwner
    same = Task.objects.visible_to(by).filter(pk=task.pk, version=version)
    if not same.update(title=title, due_on=due_on, owner=owner_id, version=F("version") + 1):
        raise Overtaken


def finish_task(*, task: Task, by: User) -> None:
    """It is done; twice is the same as once."""
    undone = Task.objects.visible_to(by).open().filter(pk=task.pk)
    undone.update(done_at=timezone.now(), done_by=by, version=F("version") + 1)


def reopen_task(*, task: Task, by: User) -> None:
    """It is not done after all."""
    done = Task.objects.visible_to(by).done().filter(pk=task.pk)
    done.update(done_at=None, done_by=None, version=F("version") + 1)
