"""Tasks as rows: on the start pages, on Elevsida and in their own list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import Concat, JSONObject
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.words import joined
from peersupport.lib.dates import day_of, short_date, today
from peersupport.lib.urls import prefix
from schools.models import Role
from students.models import Student
from visits.models import Task

A_FEW = 6  # rows in a card; "all" is one click away


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: what, about whom, by when, who."""

    title: str
    about: str  # the pupil's name, or empty
    about_url: str
    is_protected: bool
    text: str
    is_late: bool
    is_lost: bool  # its owner does not see it (any more)
    done_url: str  # empty: it is done
    reopen_url: str  # empty: it is not
    edit_url: str  # empty: not this reader's to change


class Urls:
    """The addresses of a list's rows."""

    def __init__(self) -> None:
        self.done: Callable[[Any], str] = prefix("visits:task_done")
        self.reopen: Callable[[Any], str] = prefix("visits:task_reopen")
        self.edit: Callable[[Any], str] = prefix("visits:task_edit")
        self.student: Callable[[Any], str] = prefix("overviews:student_detail")


def due_text(due_on: date) -> str:
    """ "senast fre 27 nov", or when it should have been done."""
    day = {"day": short_date(due_on)}
    return (_("was due %(day)s") if due_on < today() else _("due %(day)s")) % day


# The tasks that wait for the user, the latest first; `total` and `late` count all of them.
MY_TASKS = """
select 'task' as section, to_jsonb(t) as content from (
  select t.public_id, t.title, t.due_on, t.made_by_id, concat_ws(' ', m.given_name, m.family_name) as made_by,
         count(*) over () as total, count(*) filter (where t.due_on < %(today)s) over () as late,
         s.id as student_id, s.public_id as student_uuid, s.school_id, s.alias, s.is_protected,
         i.given_name, i.family_name, i.called
    from ({tasks}) t
    join accounts_user m on m.id = t.made_by_id
    left join students_student s on s.id = t.student_id
    left join students_identity i on i.student_id = s.id
   order by t.due_on, t.id limit %(a_few)s) t
"""


def my_open_tasks(user: User) -> Any:
    """What MY_TASKS stands around."""
    mine = Task.objects.visible_to(user).owned_by(user).open().order_by()
    return mine.values("id", "public_id", "title", "due_on", "made_by_id", "student_id")


def task_of(content: dict[str, Any], user: User, urls: Urls) -> TaskRow:
    """A row of MY_TASKS."""
    has_student = content["student_id"] is not None
    due_on, is_own = date.fromisoformat(content["due_on"]), content["made_by_id"] == user.pk
    is_coordinators = has_student and user.acting.role == Role.COORDINATOR
    return TaskRow(
        title=content["title"],
        about=name_in(content, user) if has_student else "",
        about_url=urls.student(content["student_uuid"]) if has_student else "",
        is_protected=bool(content["is_protected"]),
        text=joined(due_text(due_on), "" if is_own else _from(content["made_by"])),
        is_late=due_on < today(),
        is_lost=False,
        done_url=urls.done(content["public_id"]),
        reopen_url="",
        edit_url=urls.edit(content["public_id"]) if is_own or is_coordinators else "",
    )


def name_in(content: dict[str, Any], user: User) -> str:
    """The pupil's name on a start page; the alias of one whose name is sealed.

    On Min dag what the pupil is called every day, as in all its rows: a supporter has a handful.
    """
    if content["given_name"] is None:
        return Student(alias=content["alias"]).alias_label
    if user.acting.role == Role.PEER_SUPPORTER:
        return str(content["called"] or content["given_name"])
    return f"{content['given_name']} {content['family_name']}"


def _from(name: str) -> str:
    return _("from %(name)s") % {"name": name}


def task_rows(tasks: Iterable[Any], user: User) -> list[TaskRow]:
    """Rows of the list of tasks; `is_seen` where a coordinator's query has asked."""
    urls = Urls()
    return [_task_row(task, user, urls) for task in tasks]


def _task_row(task: Any, user: User, urls: Urls) -> TaskRow:
    is_done, student = task.done_at is not None, task.student
    is_own = task.made_by_id == user.pk
    is_coordinators = student is not None and user.acting.role == Role.COORDINATOR
    when = _("done %(day)s") % {"day": short_date(day_of(task.done_at))} if is_done else due_text(task.due_on)
    return TaskRow(
        title=task.title,
        about=student.name if student else "",
        about_url=urls.student(student.public_id) if student else "",
        is_protected=student is not None and student.is_protected,
        text=joined(when, _who(task, user)),
        is_late=not is_done and task.due_on < today(),
        is_lost=not is_done and not getattr(task, "is_seen", True),
        done_url="" if is_done else urls.done(task.public_id),
        reopen_url=urls.reopen(task.public_id) if is_done else "",
        edit_url=urls.edit(task.public_id) if not is_done and (is_own or is_coordinators) else "",
    )


def _who(task: Any, user: User) -> str:
    """Who does it, or who has asked for it; nothing when both are the reader."""
    if task.owner_id != user.pk:
        return str(task.owner.name)
    return _from(task.made_by.name) if task.made_by_id != user.pk else ""


OF_STUDENT = ("public_id", "title", "due_on", "owner_id", "made_by_id")


def with_open_tasks(students: Any, user: User) -> Any:
    """Pupils with `open_tasks`, dicts, the first due first: what the reader may see of each."""
    tasks: Any = Task.objects.visible_to(user).open().filter(student=OuterRef("pk"))
    columns: dict[str, Any] = {name: F(name) for name in OF_STUDENT}
    columns["owner"] = Concat("owner__given_name", Value(" "), "owner__family_name")
    if user.acting.role == Role.COORDINATOR:
        tasks = tasks.with_is_seen()
        columns["is_seen"] = F("is_seen")
    few = tasks.order_by("due_on", "pk").values(it=JSONObject(**columns))[:A_FEW]
    return students.annotate(open_tasks=ArraySubquery(few))


def student_task_rows(student: Any, user: User) -> list[TaskRow]:
    """Rows of the tasks about one pupil, of `with_open_tasks`."""
    urls = Urls()
    return [_row_of_student(task, user, urls) for task in student.open_tasks]


def _row_of_student(task: dict[str, Any], user: User, urls: Urls) -> TaskRow:
    due_on, is_own = date.fromisoformat(task["due_on"]), task["made_by_id"] == user.pk
    return TaskRow(
        title=task["title"],
        about="",
        about_url="",
        is_protected=False,
        text=joined(due_text(due_on), _("you") if task["owner_id"] == user.pk else task["owner"]),
        is_late=due_on < today(),
        is_lost=not task.get("is_seen", True),
        done_url=urls.done(task["public_id"]),
        reopen_url="",
        edit_url=urls.edit(task["public_id"]) if is_own or user.acting.role == Role.COORDINATOR else "",
    )
