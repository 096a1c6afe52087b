"""Changes of school: planned ahead, asked of another coordinator, carried out on the day."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.dates
from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_membership_taken_back"),
        ("students", "0008_case_local_purposes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="student",
            name="left_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="SchoolMove",
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
                ("is_protected", models.BooleanField(editable=False)),
                ("alias", models.CharField(editable=False, max_length=8)),
                ("left_for", models.CharField(blank=True, max_length=120, verbose_name="name of the school")),
                (
                    "school_form",
                    models.CharField(
                        choices=[
                            ("FKLASS", "preschool class"),
                            ("GR", "compulsory school"),
                            ("GRS", "adapted compulsory school"),
                            ("SP", "special school"),
                            ("SAM", "Sami school"),
                            ("GY", "upper secondary school"),
                            ("GYS", "adapted upper secondary school"),
                        ],
                        max_length=8,
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(null=True)),
                (
                    "valid_from",
                    models.DateField(
                        default=peersupport.lib.dates.today, verbose_name="first day at the new school"
                    ),
                ),
                ("ends_support", models.BooleanField(default=False)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(blank=True, db_default="", max_length=300, verbose_name="answer"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_moves",
                        to="students.student",
                    ),
                ),
                (
                    "to_school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                        verbose_name="new school",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of school",
                "verbose_name_plural": "changes of school",
                "ordering": ["valid_from", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("accepted_at__isnull", False),
                            ("applied_at__isnull", True),
                            ("cancelled_at__isnull", True),
                        ),
                        fields=["valid_from"],
                        name="schoolmove_due",
                    ),
                    models.Index(fields=["school_id"], name="schoolmove_by_school"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("applied_at__isnull", True), ("cancelled_at__isnull", True)),
                        fields=("student",),
                        name="schoolmove_one_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="schoolmove_accepted_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="schoolmove_cancelled_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applied_at__isnull", True),
                            models.Q(("accepted_at__isnull", False), ("cancelled_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="schoolmove_done_or_called_off",
                    ),
                ],
            },
        ),
        composite_foreign_key(
            "schoolmove_follows_school",
            "students_schoolmove",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
        composite_foreign_key(
            "schoolmove_follows_protection",
            "students_schoolmove",
            ("student_id", "is_protected"),
            "students_student",
            ("id", "is_protected"),
        ),
    ]
