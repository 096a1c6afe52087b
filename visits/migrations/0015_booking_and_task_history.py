"""Who moved a booking, and who changed a task (docs/adr/0016)."""

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
        ("schools", "0009_history"),
        ("students", "0011_people_around_history"),
        ("supporters", "0002_history"),
        ("visits", "0014_participation_follows_withdrawal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookingEvent",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("status", models.CharField(max_length=10)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_because", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
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
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_bookingevent" ("student_id", "case_id", "supporter_id", "kind", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."case_id", NEW."supporter_id", NEW."kind", NEW."starts_at", NEW."ends_at", NEW."status", NEW."made_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_because", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d06be96c33ad92bd2f9cb94b1b0387ca6a421caa",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_219d2",
                    table="visits_booking",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."cancel_note" IS DISTINCT FROM (NEW."cancel_note") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_because" IS DISTINCT FROM (NEW."cancelled_because") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id"))',
                    func='INSERT INTO "visits_bookingevent" ("student_id", "case_id", "supporter_id", "kind", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."case_id", NEW."supporter_id", NEW."kind", NEW."starts_at", NEW."ends_at", NEW."status", NEW."made_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_because", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."case_id" IS DISTINCT FROM NEW."case_id" THEN jsonb_build_object(\'case\', OLD."case_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."starts_at" IS DISTINCT FROM NEW."starts_at" THEN jsonb_build_object(\'starts_at\', OLD."starts_at") ELSE \'{}\' END || CASE WHEN OLD."ends_at" IS DISTINCT FROM NEW."ends_at" THEN jsonb_build_object(\'ends_at\', OLD."ends_at") ELSE \'{}\' END || CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN jsonb_build_object(\'status\', OLD."status") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."cancelled_at" IS DISTINCT FROM NEW."cancelled_at" THEN jsonb_build_object(\'cancelled_at\', OLD."cancelled_at") ELSE \'{}\' END || CASE WHEN OLD."cancelled_by_id" IS DISTINCT FROM NEW."cancelled_by_id" THEN jsonb_build_object(\'cancelled_by\', OLD."cancelled_by_id") ELSE \'{}\' END || CASE WHEN OLD."cancelled_because" IS DISTINCT FROM NEW."cancelled_because" THEN jsonb_build_object(\'cancelled_because\', OLD."cancelled_because") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."cancel_note" IS DISTINCT FROM NEW."cancel_note" THEN jsonb_build_object(\'cancel_note\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="a2faa1d90e751cccb1b4c169d75f0ac991fa4e56",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_08260",
                    table="visits_booking",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_bookingevent" ("student_id", "case_id", "supporter_id", "kind", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."case_id", OLD."supporter_id", OLD."kind", OLD."starts_at", OLD."ends_at", OLD."status", OLD."made_by_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."cancelled_because", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0892a0a5772eca4adb699a7ce6a887ffe1b16bd0",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_dc086",
                    table="visits_booking",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_taskevent" ("organisation_id", "owner_id", "due_on", "student_id", "made_by_id", "done_at", "done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."owner_id", NEW."due_on", NEW."student_id", NEW."made_by_id", NEW."done_at", NEW."done_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8907372a7c3fafd51a7d7f23c17db98827a23d6d",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_f6e6f",
                    table="visits_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."done_by_id" IS DISTINCT FROM (NEW."done_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func='INSERT INTO "visits_taskevent" ("organisation_id", "owner_id", "due_on", "student_id", "made_by_id", "done_at", "done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."owner_id", NEW."due_on", NEW."student_id", NEW."made_by_id", NEW."done_at", NEW."done_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."owner_id" IS DISTINCT FROM NEW."owner_id" THEN jsonb_build_object(\'owner\', OLD."owner_id") ELSE \'{}\' END || CASE WHEN OLD."due_on" IS DISTINCT FROM NEW."due_on" THEN jsonb_build_object(\'due_on\', OLD."due_on") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."done_at" IS DISTINCT FROM NEW."done_at" THEN jsonb_build_object(\'done_at\', OLD."done_at") ELSE \'{}\' END || CASE WHEN OLD."done_by_id" IS DISTINCT FROM NEW."done_by_id" THEN jsonb_build_object(\'done_by\', OLD."done_by_id") ELSE \'{}\' END || CASE WHEN OLD."title" IS DISTINCT FROM NEW."title" THEN jsonb_build_object(\'title\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="e3dca7ced212f1d139f0cc859031441a4bb79306",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_b7145",
                    table="visits_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_taskevent" ("organisation_id", "owner_id", "due_on", "student_id", "made_by_id", "done_at", "done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."owner_id", OLD."due_on", OLD."student_id", OLD."made_by_id", OLD."done_at", OLD."done_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0d55a1510b01238bc15f89121cca0f617e4d4cdd",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_44e93",
                    table="visits_task",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="bookingevent",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bookingevent",
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
            model_name="bookingevent",
            name="made_by",
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
            model_name="bookingevent",
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
            model_name="bookingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="visits.booking",
            ),
        ),
        migrations.AddField(
            model_name="bookingevent",
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
        migrations.AddField(
            model_name="bookingevent",
            name="supporter",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="supporters.peersupporter",
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="done_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="made_by",
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
            model_name="taskevent",
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
            model_name="taskevent",
            name="owner",
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
            model_name="taskevent",
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
            model_name="taskevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="visits.task",
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="student",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.student",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bookingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8dea83d39fdee5d6b5bb68a463e38afb3caeda1a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1ed8",
                    table="visits_bookingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taskevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2724def41076027529eabf6012ab35a82893e713",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a16e6",
                    table="visits_taskevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
