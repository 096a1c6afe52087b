"""What waits for the reader besides pupils: tasks, questions, thanks, supporters over capacity. One query."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows import feedback, tasks
from overviews.rows.feedback import FEEDBACK, FeedbackRow
from overviews.rows.tasks import A_FEW, MY_TASKS, TaskRow
from peersupport.lib.dates import today
from peersupport.lib.statements import rows_around
from students.models import Student
from supporters.models import PeerSupporter

QUESTIONS = FEEDBACK.format(section="questions", order=feedback.ANSWERED_FIRST)
THANKS = FEEDBACK.format(section="thanks", order=feedback.NEWEST_FIRST)
OVER_CAPACITY = """
select 'over' as section, to_jsonb(p) as content from (
  select p.public_id, u.given_name, u.family_name, p.capacity, l.open_assignments
    from ({supporters}) p
    join supporter_loads() l on l.supporter_id = p.id and l.open_assignments > p.capacity
    join accounts_user u on u.id = p.user_id
   order by u.family_name, u.given_name, p.id) p
"""
SUPPORTERS_DAY = " union all ".join(f"({part})" for part in (MY_TASKS, QUESTIONS, THANKS))
COORDINATORS_DAY = " union all ".join(f"({part})" for part in (MY_TASKS, QUESTIONS, OVER_CAPACITY))


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """A supporter with more pupils than the norm gives room for."""

    name: str
    url: str
    load: str


@dataclass(slots=True)
class Waiting:
    """The first few of each, and how many there are; `students` are those shown, for the access log."""

    tasks: list[TaskRow] = field(default_factory=list)
    task_count: int = 0
    late_count: int = 0
    questions: list[FeedbackRow] = field(default_factory=list)
    question_count: int = 0
    thanks: list[FeedbackRow] = field(default_factory=list)
    over: list[SupporterRow] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)


def waiting_for_supporter(user: User) -> Waiting:
    """One's tasks, the questions to answer, and the thanks of the last two weeks."""
    return _sorted(
        rows_around(
            SUPPORTERS_DAY,
            {"today": today(), "a_few": A_FEW},
            tasks=tasks.my_open_tasks(user),
            questions=feedback.open_questions(user),
            thanks=feedback.recent_thanks(user),
        ),
        user,
    )


def waiting_for_coordinator(user: User) -> Waiting:
    """One's tasks, the open questions at one's schools, and all supporters over capacity."""
    supporters: Any = PeerSupporter.objects.visible_to(user).with_capacity().order_by()
    return _sorted(
        rows_around(
            COORDINATORS_DAY,
            {"today": today(), "a_few": A_FEW},
            tasks=tasks.my_open_tasks(user),
            questions=feedback.open_questions(user),
            supporters=supporters.values("id", "public_id", "user_id", "capacity"),
        ),
        user,
    )


def _sorted(lines: list[Any], user: User) -> Waiting:
    waiting, task_urls, feedback_urls = Waiting(), tasks.Urls(), feedback.Urls()
    for line in lines:
        content = json.loads(line.content)
        match line.section:
            case "task":
                waiting.tasks.append(tasks.task_of(content, user, task_urls))
                waiting.task_count, waiting.late_count = content["total"], content["late"]
            case "questions":
                waiting.questions.append(feedback.feedback_of(content, user, feedback_urls))
                waiting.question_count = content["total"]
            case "thanks":
                waiting.thanks.append(feedback.feedback_of(content, user, feedback_urls))
            case _:
                waiting.over.append(_supporter_row(content))
        if content.get("student_id"):
            waiting.students.append(Student(pk=content["student_id"], school_id=content["school_id"]))
    return waiting


def _supporter_row(content: dict[str, Any]) -> SupporterRow:
    return SupporterRow(
        f"{content['given_name']} {content['family_name']}",
        reverse("overviews:supporter_detail", args=[content["public_id"]]),
        _("%(pupils)s pupils, room for %(capacity)s")
        % {"pupils": content["open_assignments"], "capacity": content["capacity"]},
    )
