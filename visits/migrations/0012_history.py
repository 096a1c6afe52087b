"""Who changed what: tables of events, and the triggers that write them (docs/adr/0016)."""

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
        ("schools", "0009_history"),
        ("students", "0010_history"),
        ("supporters", "0002_history"),
        ("visits", "0011_task"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("pgh_role", models.CharField(max_length=20)),
                ("pgh_membership_id", models.BigIntegerField(null=True)),
                ("pgh_was", models.JSONField(default=dict)),
                ("kind", models.CharField(max_length=20)),
                ("mode", models.CharField(blank=True, db_default="", max_length=20)),
                ("occurred_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, db_default="", max_length=16)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
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
        migrations.CreateModel(
            name="ParticipationEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("pgh_role", models.CharField(max_length=20)),
                ("pgh_membership_id", models.BigIntegerField(null=True)),
                ("pgh_was", models.JSONField(default=dict)),
                ("outcome", models.CharField(max_length=20)),
                ("step_done_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8f1e9147b0f5446d3e8dd8c829336ceafea9b84a",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b5b1a",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."local_kind_id" IS DISTINCT FROM (NEW."local_kind_id") OR OLD."local_mode_id" IS DISTINCT FROM (NEW."local_mode_id") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason") OR OLD."withdrawn_words" IS DISTINCT FROM (NEW."withdrawn_words"))',
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."local_kind_id" IS DISTINCT FROM NEW."local_kind_id" THEN jsonb_build_object(\'local_kind\', OLD."local_kind_id") ELSE \'{}\' END || CASE WHEN OLD."mode" IS DISTINCT FROM NEW."mode" THEN jsonb_build_object(\'mode\', OLD."mode") ELSE \'{}\' END || CASE WHEN OLD."local_mode_id" IS DISTINCT FROM NEW."local_mode_id" THEN jsonb_build_object(\'local_mode\', OLD."local_mode_id") ELSE \'{}\' END || CASE WHEN OLD."occurred_at" IS DISTINCT FROM NEW."occurred_at" THEN jsonb_build_object(\'occurred_at\', OLD."occurred_at") ELSE \'{}\' END || CASE WHEN OLD."minutes" IS DISTINCT FROM NEW."minutes" THEN jsonb_build_object(\'minutes\', OLD."minutes") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_reason" IS DISTINCT FROM NEW."withdrawn_reason" THEN jsonb_build_object(\'withdrawn_reason\', OLD."withdrawn_reason") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."withdrawn_words" IS DISTINCT FROM NEW."withdrawn_words" THEN jsonb_build_object(\'withdrawn_words\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="abb4edef2679780fb3f86fd2021e0fef7bd62da5",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_812f1",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."author_id", OLD."supporter_id", OLD."kind", OLD."local_kind_id", OLD."mode", OLD."local_mode_id", OLD."occurred_at", OLD."minutes", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="590468d160c2930a72fe33cdba1fdd01d0ffb119",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_079f8",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", NEW."step_done_at", NEW."step_done_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8e3329d7074aeb278e66053e9d76f40cb44e8b96",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b2ace",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."step_done_at" IS DISTINCT FROM (NEW."step_done_at") OR OLD."step_done_by_id" IS DISTINCT FROM (NEW."step_done_by_id") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", NEW."step_done_at", NEW."step_done_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."contact_id" IS DISTINCT FROM NEW."contact_id" THEN jsonb_build_object(\'contact\', OLD."contact_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."case_id" IS DISTINCT FROM NEW."case_id" THEN jsonb_build_object(\'case\', OLD."case_id") ELSE \'{}\' END || CASE WHEN OLD."outcome" IS DISTINCT FROM NEW."outcome" THEN jsonb_build_object(\'outcome\', OLD."outcome") ELSE \'{}\' END || CASE WHEN OLD."step_done_at" IS DISTINCT FROM NEW."step_done_at" THEN jsonb_build_object(\'step_done_at\', OLD."step_done_at") ELSE \'{}\' END || CASE WHEN OLD."step_done_by_id" IS DISTINCT FROM NEW."step_done_by_id" THEN jsonb_build_object(\'step_done_by\', OLD."step_done_by_id") ELSE \'{}\' END || CASE WHEN OLD."next_step" IS DISTINCT FROM NEW."next_step" THEN jsonb_build_object(\'next_step\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="b4318119d6256c3ab77dae8eeff868d0daf84711",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_9b8f7",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."contact_id", OLD."student_id", OLD."case_id", OLD."outcome", OLD."step_done_at", OLD."step_done_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="20373f6b85cd17fdf3df36ba75de2e790b5085b1",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_2409b",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="author",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="local_kind",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.localcode",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="local_mode",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.localcode",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="pgh_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="visits.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="supporter",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="supporters.peersupporter",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
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
        migrations.AddField(
            model_name="participationevent",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.case",
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="contact",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="visits.contact",
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="pgh_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="visits.participation",
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="step_done_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="student",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.student",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4ca42c55a9b7f4401a788492f6e2e43eefd74dea",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_69791",
                    table="visits_contactevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="688c30f9f8d32bfd03d9c3cafbe5b421daf5d57a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_db845",
                    table="visits_participationevent",
                    when="BEFORE",
                ),
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
