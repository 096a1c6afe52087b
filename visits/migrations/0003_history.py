"""Who changed what of contacts."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0004_history"),
        ("supporters", "0002_history"),
        ("visits", "0002_tied_copies"),
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
                ("occurred_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
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
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "occurred_at", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."occurred_at", NEW."minutes", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d6dcb3a9456c56933051e791cd79df8493ccc2e0",
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
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id"))',
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "occurred_at", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."occurred_at", NEW."minutes", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."occurred_at" IS DISTINCT FROM NEW."occurred_at" THEN jsonb_build_object(\'occurred_at\', OLD."occurred_at") ELSE \'{}\' END || CASE WHEN OLD."minutes" IS DISTINCT FROM NEW."minutes" THEN jsonb_build_object(\'minutes\', OLD."minutes") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="06bad0ce1ecc082323db9e431cf58efd50f3dec4",
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
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "occurred_at", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."author_id", OLD."supporter_id", OLD."kind", OLD."occurred_at", OLD."minutes", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="911768be90e759400419991dcb1200c5c8dfd01f",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_079f8",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="ebe8e77e1dd62d5206ff8dca4ec7b0d77e00108f",
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
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."contact_id" IS DISTINCT FROM NEW."contact_id" THEN jsonb_build_object(\'contact\', OLD."contact_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."case_id" IS DISTINCT FROM NEW."case_id" THEN jsonb_build_object(\'case\', OLD."case_id") ELSE \'{}\' END || CASE WHEN OLD."outcome" IS DISTINCT FROM NEW."outcome" THEN jsonb_build_object(\'outcome\', OLD."outcome") ELSE \'{}\' END || CASE WHEN OLD."next_step" IS DISTINCT FROM NEW."next_step" THEN jsonb_build_object(\'next_step\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="32e2618b19800eafb35acfcf726e72c7776f063e",
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
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."contact_id", OLD."student_id", OLD."case_id", OLD."outcome", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="c12ccefb0b51a08298850e9e25e12652ac4200a1",
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
    ]
