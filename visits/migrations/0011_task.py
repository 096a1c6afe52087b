"""Tasks: who does what by when, perhaps about a pupil."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.dates
from peersupport.lib.migrations import composite_foreign_key

STUDENT = ("students_student", ("id", "school_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0010_feedback"),
        ("schools", "0003_membership_taken_back"),
        ("students", "0003_protection_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Task",
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
                ("title", models.CharField(max_length=120, verbose_name="What is to be done?")),
                ("due_on", models.DateField(default=peersupport.lib.dates.today, verbose_name="By when?")),
                ("school_id", models.BigIntegerField(editable=False, null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Who does it?",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["owner_id", "due_on", "id"],
                        name="task_open_by_owner",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["made_by_id", "due_on", "id"],
                        name="task_open_by_maker",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("student__isnull", False)),
                        fields=["student_id", "due_on", "id"],
                        name="task_open_by_student",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_done_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("school_id__isnull", True), ("student__isnull", True)),
                            models.Q(("school_id__isnull", False), ("student__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_about_a_student_knows_the_school",
                    ),
                ],
            },
        ),
        composite_foreign_key("task_follows_school", "visits_task", ("student_id", "school_id"), *STUDENT),
    ]
