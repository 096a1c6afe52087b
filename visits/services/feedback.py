"""Thanks and questions about a contact, answers, and the end of a question. No mail carries their text."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from visits.models import Feedback, FeedbackAnswer, FeedbackKind, Participation


class AlreadyAsked(Exception):
    """One's question about this contact is still open: read the answer and close it first."""


class NotToBeAnswered(Exception):
    """It is no open question to this person (any more)."""


def thank(*, participation: Participation, by: User, text: str = "") -> None:
    """Thank the author of a contact, with or without words; twice is the same as once."""
    feedback = _about(participation, by, FeedbackKind.THANKS, text)
    Feedback.objects.bulk_create([feedback], ignore_conflicts=True)


def ask(*, participation: Participation, by: User, text: str) -> None:
    """Ask the author of a contact something. Raises AlreadyAsked."""
    try:
        with transaction.atomic():
            _about(participation, by, FeedbackKind.QUESTION, text).save(force_insert=True)
    except IntegrityError as error:
        if "feedback_one_open_question" not in str(error):
            raise
        raise AlreadyAsked from None


def _about(participation: Participation, by: User, kind: FeedbackKind, text: str) -> Feedback:
    return Feedback(
        participation=participation,
        student_id=participation.student_id,
        school_id=participation.school_id,
        author_id=participation.author_id,
        kind=kind,
        text=text,
        made_by=by,
    )


@transaction.atomic
def withdraw_feedback(*, feedback: Feedback, by: User) -> bool:
    """Take back one's own thanks, or one's own question that is unanswered; without a trace.

    False when it is too late. An answer on its way waits: its foreign key keeps the question.
    """
    own = Feedback.objects.visible_to(by).filter(pk=feedback.pk, made_by=by, closed_at__isnull=True)
    locked = own.select_for_update(of=("self",)).values_list("pk", flat=True)
    if not list(locked) or not own.unanswered().exists():
        return False
    Feedback.objects.visible_to(by).filter(pk=feedback.pk).delete()
    return True


@transaction.atomic
def answer_question(*, feedback: Feedback, by: User, text: str) -> bool:
    """Answer an open question about a contact of one's own; only the first answer counts, False says so.

    Raises NotToBeAnswered, also when the question was closed or taken back meanwhile.
    """
    asked = Feedback.objects.visible_to(by).open_questions().filter(pk=feedback.pk, author=by)
    if not asked.exists():
        raise NotToBeAnswered
    return _answer(feedback, by, text)


def answer_thanks(*, feedback: Feedback, by: User, text: str) -> bool:
    """A word back to whoever thanked for a contact of one's own; twice is the same as once, False says so.

    Raises NotToBeAnswered, also when the thanks were taken back meanwhile.
    """
    thanked = Feedback.objects.visible_to(by).filter(pk=feedback.pk, author=by, kind=FeedbackKind.THANKS)
    if not thanked.exists():
        raise NotToBeAnswered
    return _answer(feedback, by, text)


def _answer(feedback: Feedback, by: User, text: str) -> bool:
    answer = FeedbackAnswer(
        feedback=feedback,
        student_id=feedback.student_id,
        school_id=feedback.school_id,
        author=by,
        text=text,
    )
    before = FeedbackAnswer.objects.visible_to(by).filter(pk=feedback.pk).exists()
    FeedbackAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    return not before


@transaction.atomic
def take_back_answer(*, feedback: Feedback, by: User) -> bool:
    """Undo an answer of one's own while it is new and the question open; False when it stays.

    How new is for row security to say: ten minutes.
    """
    own = FeedbackAnswer.objects.visible_to(by).filter(pk=feedback.pk, author=by)
    deleted, _of = own.delete()
    return bool(deleted)


def close_question(*, feedback: Feedback, by: User) -> None:
    """The answer is read, or is not needed any more; twice is the same as once."""
    open_one = Feedback.objects.visible_to(by).open_questions().filter(pk=feedback.pk)
    open_one.update(closed_at=timezone.now(), closed_by=by, version=F("version") + 1)
