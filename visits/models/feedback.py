"""A coordinator's thanks and questions about one pupil's part in a contact, and the supporter's answers."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import not_tracked
from peersupport.lib.records import Record
from schools.models import Role
from students.models import Student
from visits.models.participations import Participation

LONGEST_TEXT = 500


class FeedbackKind(models.TextChoices):
    THANKS = "thanks", _("thanks")
    QUESTION = "question", _("question")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools. Supporters: about their own contacts with pupils they
        have today. No one else. About withdrawn contacts none.
        """
        standing = self.filter(participation__is_withdrawn=False)
        match user.acting.role:
            case Role.COORDINATOR:
                return standing.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return standing.filter(author=user, student__in=Student.objects.visible_to(user))
        return self.none()

    def open_questions(self) -> Self:
        """Those nobody has closed yet, answered or not."""
        return self.filter(kind=FeedbackKind.QUESTION, closed_at__isnull=True)

    def unanswered(self) -> Self:
        return self.filter(answer__isnull=True)


@not_tracked("written once, says who closed it; taken back unanswered it was never said")
class Feedback(Record):
    """Thanks or a question from a coordinator to whoever wrote a contact.

    About one pupil's part: several pupils in a contact never mix, and it is read by those who may read the
    pupil: its author, and the coordinators of the pupil's school.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="feedback")
    # Copies tied by composite foreign keys: for the policies.
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FeedbackKind)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)  # empty: thanks without words
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)  # NULL: thanks, or a question that is still open
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("thanks or question")
        verbose_name_plural = _("thanks and questions")
        constraints = [
            models.UniqueConstraint(fields=["id", "student_id", "author_id"], name="feedback_and_its_copies"),
            # A double tap thanks once, and nobody asks on before the first answer is read.
            models.UniqueConstraint(
                fields=["participation", "made_by"],
                condition=Q(kind="thanks"),
                name="feedback_thanks_once",
            ),
            models.UniqueConstraint(
                fields=["participation", "made_by"],
                condition=Q(kind="question", closed_at__isnull=True),
                name="feedback_one_open_question",
            ),
            models.CheckConstraint(name="feedback_is_to_another", condition=~Q(made_by=F("author"))),
            models.CheckConstraint(
                name="feedback_question_has_words", condition=Q(kind="thanks") | ~Q(text="")
            ),
            models.CheckConstraint(
                name="feedback_closed_has_who_and_when",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(kind="question", closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["author_id", "-created_at", "-id"], name="feedback_by_author"),
            models.Index(
                fields=["school_id", "created_at"],
                name="feedback_open_by_school",
                condition=Q(kind="question", closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class FeedbackAnswerQuerySet(models.QuerySet["FeedbackAnswer"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(feedback__in=Feedback.objects.visible_to(user))


@not_tracked("written once, and taken back only while it is new and nobody has acted on it")
class FeedbackAnswer(models.Model):
    """What the contact's author answers a question: a table of its own, so that nobody else can write it.

    While it is there the question cannot be taken back.
    """

    feedback = models.OneToOneField(
        Feedback, on_delete=models.PROTECT, primary_key=True, related_name="answer"
    )
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("Your answer"), max_length=LONGEST_TEXT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    objects = FeedbackAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return str(self.pk)
