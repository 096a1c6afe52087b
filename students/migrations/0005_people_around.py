"""People and functions around a pupil."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.dates
from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("students", "0004_case_status_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonAround",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("professional", "someone who works with the pupil"),
                            ("own", "someone who matters to the pupil"),
                        ],
                        default="professional",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name or function")),
                (
                    "role",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="profession, or relation to the pupil"
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=80, verbose_name="organisation")),
                ("helps_with", models.CharField(blank=True, max_length=200, verbose_name="helps with")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "how_to_reach",
                    models.CharField(blank=True, max_length=200, verbose_name="how and when to reach"),
                ),
                ("starts_on", models.DateField(default=peersupport.lib.dates.today, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("is_first_contact", models.BooleanField(default=False, verbose_name="first contact")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people_around",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "verbose_name": "person around a pupil",
                "verbose_name_plural": "people around a pupil",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["student_id"], name="personaround_by_student")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="personaround_ends_after_start",
                        violation_error_message="The last day cannot be before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_first_contact", True)),
                        fields=("student",),
                        name="personaround_one_first_contact",
                    ),
                ],
            },
        ),
        composite_foreign_key(
            "personaround_follows_school",
            "students_personaround",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
        composite_foreign_key(
            "personaround_follows_protection",
            "students_personaround",
            ("student_id", "is_protected"),
            "students_student",
            ("id", "is_protected"),
        ),
    ]
