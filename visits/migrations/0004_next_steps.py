"""The next step, written without a contact and ticked off."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("students", "0004_case_status_changes"),
        ("visits", "0003_bookings"),
    ]

    operations = [
        migrations.CreateModel(
            name="NextStep",
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
                ("text", models.CharField(max_length=200, verbose_name="Next step")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "next step",
                "verbose_name_plural": "next steps",
            },
        ),
        migrations.AddField(
            model_name="participation",
            name="step_done_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="step_done_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step_done_at__isnull", True), ("step_done_by__isnull", True)),
                    models.Q(("step_done_at__isnull", False), ("step_done_by__isnull", False)),
                    _connector="OR",
                ),
                name="participation_step_done_has_who_and_when",
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="next_steps", to="students.case"
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="next_steps", to="students.student"
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(fields=["student_id", "-written_at"], name="nextstep_by_student"),
        ),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="nextstep_done_has_who_and_when",
            ),
        ),
        composite_foreign_key(
            "nextstep_is_of_cases_student",
            "visits_nextstep",
            ("case_id", "student_id"),
            "students_case",
            ("id", "student_id"),
        ),
        composite_foreign_key(
            "nextstep_follows_school",
            "visits_nextstep",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
