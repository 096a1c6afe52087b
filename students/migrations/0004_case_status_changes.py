"""How a support period has gone: each step, who took it, and why; and until when it is paused."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("students", "0003_protection_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseStatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("school_id", models.BigIntegerField(editable=False)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("awaiting_consent", "waiting for consent"),
                            ("mapping", "getting to know each other"),
                            ("active", "ongoing"),
                            ("paused", "paused"),
                            ("closing", "ending"),
                            ("closed", "ended"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("awaiting_consent", "waiting for consent"),
                            ("mapping", "getting to know each other"),
                            ("active", "ongoing"),
                            ("paused", "paused"),
                            ("closing", "ending"),
                            ("closed", "ended"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goals_reached", "the goals are reached, or back in school"),
                            ("own_wish", "the pupil wants to stop"),
                            ("moved", "has moved"),
                            ("consent_withdrawn", "the consent was withdrawn"),
                            ("grown_up", "has turned 18 or left school"),
                            ("no_contact", "we did not get in touch"),
                            ("other", "something else"),
                        ],
                        max_length=20,
                        verbose_name="why it ends",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("learnt", models.TextField(blank=True, max_length=2000, verbose_name="What did we learn?")),
            ],
            options={
                "verbose_name": "change of a support period",
                "verbose_name_plural": "changes of support periods",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="paused_until",
            field=models.DateField(blank=True, null=True, verbose_name="paused until"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_until__isnull", True), ("status", "paused"), _connector="OR"),
                name="case_paused_until_is_of_a_pause",
            ),
        ),
        migrations.AddField(
            model_name="casestatuschange",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casestatuschange",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="status_changes", to="students.case"
            ),
        ),
        migrations.AddField(
            model_name="casestatuschange",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="students.student"
            ),
        ),
        migrations.AddIndex(
            model_name="casestatuschange",
            index=models.Index(fields=["student_id", "-at"], name="casestatuschange_by_student"),
        ),
        migrations.AddConstraint(
            model_name="casestatuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "closed"), models.Q(("end_reason", ""), _negated=True)),
                    models.Q(models.Q(("after", "closed"), _negated=True), ("end_reason", "")),
                    _connector="OR",
                ),
                name="casestatuschange_end_has_a_reason",
            ),
        ),
        composite_foreign_key(
            "casestatuschange_is_of_cases_student",
            "students_casestatuschange",
            ("case_id", "student_id"),
            "students_case",
            ("id", "student_id"),
        ),
        composite_foreign_key(
            "casestatuschange_follows_school",
            "students_casestatuschange",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
