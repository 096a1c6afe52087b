"""Who put a school break into the calendar, changed it or took it away."""

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
        ("schools", "0013_tied_school_break"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolBreakEvent",
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
                ("kind", models.CharField(max_length=10)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolbreak",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolbreakevent" ("organisation_id", "school_id", "kind", "first_on", "last_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."school_id", NEW."kind", NEW."first_on", NEW."last_on", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="044b949465cae424c1d90357b4a3e81c5cbbea48",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_06d5e",
                    table="schools_schoolbreak",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolbreak",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."first_on" IS DISTINCT FROM (NEW."first_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."last_on" IS DISTINCT FROM (NEW."last_on") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id"))',
                    func='INSERT INTO "schools_schoolbreakevent" ("organisation_id", "school_id", "kind", "first_on", "last_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."school_id", NEW."kind", NEW."first_on", NEW."last_on", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."first_on" IS DISTINCT FROM NEW."first_on" THEN jsonb_build_object(\'first_on\', OLD."first_on") ELSE \'{}\' END || CASE WHEN OLD."last_on" IS DISTINCT FROM NEW."last_on" THEN jsonb_build_object(\'last_on\', OLD."last_on") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="aa89f6e16f89b09a878dc1217495b376d15c15b5",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_2a8ef",
                    table="schools_schoolbreak",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolbreak",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolbreakevent" ("organisation_id", "school_id", "kind", "first_on", "last_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."school_id", OLD."kind", OLD."first_on", OLD."last_on", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="f856dd71235de8ca3983fe8aec6c6ef7bf1d72b7",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_c3ceb",
                    table="schools_schoolbreak",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="schoolbreakevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.organisation",
            ),
        ),
        migrations.AddField(
            model_name="schoolbreakevent",
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
            model_name="schoolbreakevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.schoolbreak",
            ),
        ),
        migrations.AddField(
            model_name="schoolbreakevent",
            name="school",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.school",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolbreakevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7b0b6b082ba7eb54bfc8d9003cd9e91164c7a462",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_62cb9",
                    table="schools_schoolbreakevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
