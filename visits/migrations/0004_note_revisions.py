"""The earlier texts of corrected and removed notes."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers
from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0004_history"),
        ("visits", "0003_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("school_id", models.BigIntegerField(editable=False)),
                ("text", models.TextField(max_length=4000)),
                ("written_together", models.BooleanField()),
                ("is_removed", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by_role", models.CharField(max_length=20)),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier text of a note",
                "verbose_name_plural": "earlier texts of notes",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactnote",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_corrected",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."written_together" IS DISTINCT FROM (NEW."written_together"))',
                    func="\nINSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, written_together,\n                                 is_removed, at, by_id, by_role)\nVALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.written_together,\n        TG_OP = 'DELETE', clock_timestamp(), nullif(current_setting('app.user_id', true), '')::bigint,\n        coalesce(current_setting('app.role', true), ''));\nRETURN NULL;\n",
                    hash="bf9d66d1bc02c9ecf8f40090ca1fafc1b78c0ede",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_corrected_f06a5",
                    table="visits_contactnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactnote",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_removed",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func="\nINSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, written_together,\n                                 is_removed, at, by_id, by_role)\nVALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.written_together,\n        TG_OP = 'DELETE', clock_timestamp(), nullif(current_setting('app.user_id', true), '')::bigint,\n        coalesce(current_setting('app.role', true), ''));\nRETURN NULL;\n",
                    hash="fa7b0adb56b75104e8bd5f57d78a12f5b7ab4ec8",
                    operation="DELETE",
                    pgid="pgtrigger_keep_removed_f9aaa",
                    table="visits_contactnote",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="noterevision",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="noterevision",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noterevision",
            name="participation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="note_revisions",
                to="visits.participation",
            ),
        ),
        migrations.AddField(
            model_name="noterevision",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="students.student"
            ),
        ),
        composite_foreign_key(
            "noterevision_follows_school",
            "visits_noterevision",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
        composite_foreign_key(
            "noterevision_follows_participation",
            "visits_noterevision",
            ("participation_id", "student_id", "author_id"),
            "visits_participation",
            ("id", "student_id", "author_id"),
        ),
    ]
