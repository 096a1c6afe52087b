"""Thanks and questions as rows: on the contact, on the start pages and in their own list."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.tasks import name_in
from peersupport.lib.dates import day_of, relative_day, short_date
from peersupport.lib.urls import prefix
from schools.models import Role
from visits.models import ContactKind, Feedback, FeedbackKind, Participation

THANKS_SHOWN_FOR = timedelta(days=14)  # on Min dag; on the contact they stay


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Thanks or a question, what it is about, and what the reader can do with it."""

    title: str
    about: str  # the pupil's name; empty on the pupil's own page
    about_url: str
    is_protected: bool
    detail: str
    text: str
    answer: str
    is_thanks: bool
    author: str = ""  # of the contact; empty when it is the reader, and where it stands already
    answer_url: str = ""
    close_url: str = ""
    withdraw_url: str = ""


class Urls:
    """The addresses of a list's rows."""

    def __init__(self) -> None:
        self.answer: Callable[[Any], str] = prefix("visits:question_answer")
        self.close: Callable[[Any], str] = prefix("visits:question_close")
        self.withdraw: Callable[[Any], str] = prefix("visits:feedback_withdraw")
        self.student: Callable[[Any], str] = prefix("overviews:student_detail")


# The section is the name of a queryset.
FEEDBACK = """
select '{section}' as section, to_jsonb(f) as content from (
  select f.public_id, f.kind, f.text, f.created_at, f.closed_at, f.author_id, f.made_by_id,
         m.given_name as made_by, concat_ws(' ', w.given_name, w.family_name) as author, a.text as answer,
         p.kind as contact_kind, p.occurred_at, count(*) over () as total,
         s.id as student_id, s.public_id as student_uuid, s.school_id, s.alias, s.is_protected,
         i.given_name, i.family_name, i.called
    from ({{{section}}}) f
    join visits_participation p on p.id = f.participation_id
    join accounts_user m on m.id = f.made_by_id
    join accounts_user w on w.id = f.author_id
    join students_student s on s.id = f.student_id
    left join students_identity i on i.student_id = s.id
    left join visits_feedbackanswer a on a.feedback_id = f.id
   order by {order}, f.id limit %(a_few)s) f
"""
ANSWERED_FIRST, NEWEST_FIRST = "(a.feedback_id is null), f.created_at", "f.created_at desc"
COLUMNS = (
    *("id", "public_id", "kind", "text", "created_at", "closed_at", "author_id", "made_by_id"),
    *("participation_id", "student_id"),
)


def open_questions(user: User) -> Any:
    """For a supporter those to answer; for a coordinator all that are open at their schools."""
    found = Feedback.objects.visible_to(user).open_questions()
    if user.acting.role == Role.PEER_SUPPORTER:
        found = found.unanswered()
    return found.order_by().values(*COLUMNS)


def recent_thanks(user: User) -> Any:
    """The thanks a supporter has got lately."""
    since = timezone.now() - THANKS_SHOWN_FOR
    found = Feedback.objects.visible_to(user).filter(kind=FeedbackKind.THANKS, created_at__gte=since)
    return found.order_by().values(*COLUMNS)


def feedback_of(content: dict[str, Any], user: User, urls: Urls) -> FeedbackRow:
    """A row of FEEDBACK."""
    kind = str(ContactKind(content["contact_kind"]).label)
    when = relative_day(day_of(datetime.fromisoformat(content["occurred_at"])))
    return FeedbackRow(
        title=_title(content, user),
        about=name_in(content, user),
        about_url=urls.student(content["student_uuid"]),
        is_protected=content["is_protected"],
        detail=f"{kind} {when}",
        author=content["author"] if content["author_id"] != user.pk else "",
        text=content["text"],
        answer=content["answer"] or "",
        is_thanks=content["kind"] == FeedbackKind.THANKS,
        **_acts(content, user, urls),
    )


def _title(content: dict[str, Any], user: User) -> str:
    """ "Petra tackar", "Du frågade"."""
    is_thanks, is_mine = content["kind"] == FeedbackKind.THANKS, content["made_by_id"] == user.pk
    if is_mine:
        return _("You said thanks") if is_thanks else _("You asked")
    name = {"name": content["made_by"]}
    return (_("%(name)s says thanks") if is_thanks else _("%(name)s asks")) % name


def _acts(content: dict[str, Any], user: User, urls: Urls) -> dict[str, str]:
    """The author answers once, a coordinator closes, whoever asked takes it back while it is unanswered."""
    uuid, is_answered = content["public_id"], content["answer"] is not None
    is_coordinator = user.acting.role == Role.COORDINATOR
    is_open = content["kind"] == FeedbackKind.QUESTION and content["closed_at"] is None
    acts = {}
    if is_open and not is_answered and not is_coordinator:
        acts["answer_url"] = urls.answer(uuid)
    if is_open and is_coordinator:
        acts["close_url"] = urls.close(uuid)
    is_mine = is_coordinator and content["made_by_id"] == user.pk
    if is_mine and not is_answered and content["closed_at"] is None:
        acts["withdraw_url"] = urls.withdraw(uuid)
    return acts


# --- On the contact, in Elevsida's timeline


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one contact, and where to say more; empty addresses: not this reader's."""

    rows: list[FeedbackRow]
    thanks_url: str = ""
    question_url: str = ""


class SaidUrls(Urls):
    """The addresses of one pupil's timeline."""

    def __init__(self, student_uuid: Any) -> None:
        super().__init__()
        self.thank: Callable[[Any], str] = prefix("visits:thanks_create", student_uuid)
        self.ask: Callable[[Any], str] = prefix("visits:question_create", student_uuid)


def said_about(line: Any, user: User, urls: SaidUrls) -> Said | None:
    """What stands under a contact of `timeline`; None: nothing, and nothing to offer.

    Whoever reads the pupil's part in the contact reads this.
    """
    said = json.loads(line.said) if line.said else []
    rows = [_row_of_part(content, user, urls) for content in said]
    may_say = user.acting.role == Role.COORDINATOR and line.contact_supporter and line.who_id != user.pk
    if not may_say:
        return Said(rows) if rows else None
    mine = {one["kind"] for one in said if one["made_by_id"] == user.pk and one["closed_at"] is None}
    return Said(
        rows,
        "" if FeedbackKind.THANKS in mine else urls.thank(line.contact),
        "" if FeedbackKind.QUESTION in mine else urls.ask(line.contact),
    )


def _row_of_part(content: dict[str, Any], user: User, urls: Urls) -> FeedbackRow:
    day = day_of(datetime.fromisoformat(content["created_at"]))
    return FeedbackRow(
        title=_title(content, user),
        about="",
        about_url="",
        is_protected=False,
        detail=short_date(day),
        text=content["text"],
        answer=content["answer"] or "",
        is_thanks=content["kind"] == FeedbackKind.THANKS,
        **_acts(content, user, urls),
    )


# --- Their own list


def listed_feedback(user: User) -> Any:
    """A coordinator's open questions at their schools, the answered ones first (`turn`).

    For a supporter all that was said about their contacts with the pupils they have today.
    """
    found = Feedback.objects.visible_to(user).select_related(
        "participation", "author", "made_by", "answer", "student__identity", "student__school"
    )
    if user.acting.role == Role.PEER_SUPPORTER:
        return found
    is_waiting = Case(When(answer__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    return found.open_questions().annotate(turn=is_waiting)


def feedback_rows(found: Iterable[Any], user: User) -> list[FeedbackRow]:
    """Rows of `listed_feedback`."""
    urls = Urls()
    return [_row_of_list(feedback, user, urls) for feedback in found]


def _row_of_list(feedback: Feedback, user: User, urls: Urls) -> FeedbackRow:
    answer = getattr(feedback, "answer", None)
    content: dict[str, Any] = {
        "public_id": feedback.public_id,
        "kind": feedback.kind,
        "closed_at": feedback.closed_at,
        "made_by_id": feedback.made_by_id,
        "made_by": feedback.made_by.given_name,
        "answer": answer.text if answer else None,
    }
    part: Participation = feedback.participation
    return FeedbackRow(
        title=_title(content, user),
        about=feedback.student.name,
        about_url=urls.student(feedback.student.public_id),
        is_protected=feedback.student.is_protected,
        detail=f"{ContactKind(part.kind).label} {relative_day(day_of(part.occurred_at))}",
        author=feedback.author.name if feedback.author_id != user.pk else "",
        text=feedback.text,
        answer=content["answer"] or "",
        is_thanks=feedback.kind == FeedbackKind.THANKS,
        **_acts(content, user, urls),
    )
