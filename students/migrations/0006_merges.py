"""Two records of one pupil are made one; the trace makes them two again."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_membership_taken_back"),
        ("students", "0005_people_around"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MergeTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(max_length=63)),
                ("row_key", models.CharField(max_length=40)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "verbose_name": "trace of a merge",
                "verbose_name_plural": "traces of merges",
            },
        ),
        migrations.CreateModel(
            name="StudentMerge",
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
                ("absorbed_public_id", models.UUIDField(editable=False)),
                ("absorbed_alias", models.CharField(editable=False, max_length=8)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "merge of two pupils",
                "verbose_name_plural": "merges of two pupils",
                "ordering": ["-merged_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="student",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="students.student",
            ),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="student_is_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="studentmerge",
            name="absorbed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="students.student"
            ),
        ),
        migrations.AddField(
            model_name="studentmerge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="students.student"
            ),
        ),
        migrations.AddField(
            model_name="studentmerge",
            name="merged_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="studentmerge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mergetrace",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="students.studentmerge"
            ),
        ),
        migrations.AddConstraint(
            model_name="studentmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("absorbed")), _negated=True), name="merge_is_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="studentmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="merge_undone_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="studentmerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("absorbed",),
                name="merge_absorbs_once",
            ),
        ),
        composite_foreign_key(
            "merge_follows_school",
            "students_studentmerge",
            ("kept_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
