"""Thanks and questions about a contact, and their answers."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from peersupport.lib.migrations import composite_foreign_key

STUDENT = ("students_student", ("id", "school_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0009_contact_by_supporter"),
        ("students", "0003_protection_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("school_id", models.BigIntegerField(editable=False)),
                (
                    "kind",
                    models.CharField(choices=[("thanks", "thanks"), ("question", "question")], max_length=8),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="visits.participation",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="students.student"
                    ),
                ),
            ],
            options={
                "verbose_name": "thanks or question",
                "verbose_name_plural": "thanks and questions",
                "indexes": [
                    models.Index(fields=["author_id", "-created_at", "-id"], name="feedback_by_author"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("kind", "question")),
                        fields=["school_id", "created_at"],
                        name="feedback_open_by_school",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("id", "student_id", "author_id"), name="feedback_and_its_copies"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "thanks")),
                        fields=("participation", "made_by"),
                        name="feedback_thanks_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("kind", "question")),
                        fields=("participation", "made_by"),
                        name="feedback_one_open_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_by", models.F("author")), _negated=True),
                        name="feedback_is_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "thanks"), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="feedback_question_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("kind", "question"),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_closed_has_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackAnswer",
            fields=[
                (
                    "feedback",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="visits.feedback",
                    ),
                ),
                ("school_id", models.BigIntegerField(editable=False)),
                ("text", models.CharField(max_length=500, verbose_name="Your answer")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="students.student"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
            },
        ),
        composite_foreign_key(
            "feedback_follows_school", "visits_feedback", ("student_id", "school_id"), *STUDENT
        ),
        composite_foreign_key(
            "feedback_follows_participation",
            "visits_feedback",
            ("participation_id", "student_id", "author_id"),
            "visits_participation",
            ("id", "student_id", "author_id"),
        ),
        composite_foreign_key(
            "answer_follows_school", "visits_feedbackanswer", ("student_id", "school_id"), *STUDENT
        ),
        composite_foreign_key(
            "answer_follows_feedback",
            "visits_feedbackanswer",
            ("feedback_id", "student_id", "author_id"),
            "visits_feedback",
            ("id", "student_id", "author_id"),
        ),
    ]
