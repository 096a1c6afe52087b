"""Who changed what: tables of events, and the triggers that write them (docs/adr/0016)."""

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
        ("supporters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PeerSupporterEvent",
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
                ("gender", models.CharField(blank=True, max_length=8)),
                ("is_accepting", models.BooleanField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlacementEvent",
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
                ("percent", models.PositiveSmallIntegerField()),
                ("model", models.CharField(max_length=14)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="peersupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "supporters_peersupporterevent" ("user_id", "organisation_id", "employer_id", "supervisor_id", "gender", "is_accepting", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."user_id", NEW."organisation_id", NEW."employer_id", NEW."supervisor_id", NEW."gender", NEW."is_accepting", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="90e7361febe62017e7bb06aab836ead33af71d49",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_e0e6e",
                    table="supporters_peersupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="peersupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."gender" IS DISTINCT FROM (NEW."gender") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."is_accepting" IS DISTINCT FROM (NEW."is_accepting") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."presentation" IS DISTINCT FROM (NEW."presentation") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                    func='INSERT INTO "supporters_peersupporterevent" ("user_id", "organisation_id", "employer_id", "supervisor_id", "gender", "is_accepting", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."user_id", NEW."organisation_id", NEW."employer_id", NEW."supervisor_id", NEW."gender", NEW."is_accepting", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."user_id" IS DISTINCT FROM NEW."user_id" THEN jsonb_build_object(\'user\', OLD."user_id") ELSE \'{}\' END || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."employer_id" IS DISTINCT FROM NEW."employer_id" THEN jsonb_build_object(\'employer\', OLD."employer_id") ELSE \'{}\' END || CASE WHEN OLD."supervisor_id" IS DISTINCT FROM NEW."supervisor_id" THEN jsonb_build_object(\'supervisor\', OLD."supervisor_id") ELSE \'{}\' END || CASE WHEN OLD."gender" IS DISTINCT FROM NEW."gender" THEN jsonb_build_object(\'gender\', OLD."gender") ELSE \'{}\' END || CASE WHEN OLD."is_accepting" IS DISTINCT FROM NEW."is_accepting" THEN jsonb_build_object(\'is_accepting\', OLD."is_accepting") ELSE \'{}\' END || CASE WHEN OLD."languages" IS DISTINCT FROM NEW."languages" THEN jsonb_build_object(\'languages\', null) ELSE \'{}\' END || CASE WHEN OLD."interests" IS DISTINCT FROM NEW."interests" THEN jsonb_build_object(\'interests\', null) ELSE \'{}\' END || CASE WHEN OLD."presentation" IS DISTINCT FROM NEW."presentation" THEN jsonb_build_object(\'presentation\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="c68a65e0d9c56d7edf300c6d793e243568fef277",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_23457",
                    table="supporters_peersupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="peersupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "supporters_peersupporterevent" ("user_id", "organisation_id", "employer_id", "supervisor_id", "gender", "is_accepting", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."user_id", OLD."organisation_id", OLD."employer_id", OLD."supervisor_id", OLD."gender", OLD."is_accepting", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7b8cdb6d3104f04f8e97bd9e60e45e746f8e1a3c",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_9bb12",
                    table="supporters_peersupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "supporters_placementevent" ("supporter_id", "school_id", "percent", "model", "starts_on", "ends_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."supporter_id", NEW."school_id", NEW."percent", NEW."model", NEW."starts_on", NEW."ends_on", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="4445e63af8c9dad05911cdae5f590dd32aac4751",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_2a9b1",
                    table="supporters_placement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."model" IS DISTINCT FROM (NEW."model") OR OLD."percent" IS DISTINCT FROM (NEW."percent") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id"))',
                    func='INSERT INTO "supporters_placementevent" ("supporter_id", "school_id", "percent", "model", "starts_on", "ends_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."supporter_id", NEW."school_id", NEW."percent", NEW."model", NEW."starts_on", NEW."ends_on", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."percent" IS DISTINCT FROM NEW."percent" THEN jsonb_build_object(\'percent\', OLD."percent") ELSE \'{}\' END || CASE WHEN OLD."model" IS DISTINCT FROM NEW."model" THEN jsonb_build_object(\'model\', OLD."model") ELSE \'{}\' END || CASE WHEN OLD."starts_on" IS DISTINCT FROM NEW."starts_on" THEN jsonb_build_object(\'starts_on\', OLD."starts_on") ELSE \'{}\' END || CASE WHEN OLD."ends_on" IS DISTINCT FROM NEW."ends_on" THEN jsonb_build_object(\'ends_on\', OLD."ends_on") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="bc8345986ed5749578f1fb31c2ae1de68fd360e7",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_ef5ac",
                    table="supporters_placement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "supporters_placementevent" ("supporter_id", "school_id", "percent", "model", "starts_on", "ends_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."supporter_id", OLD."school_id", OLD."percent", OLD."model", OLD."starts_on", OLD."ends_on", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="c8e94b8cd2ce38619aff4adcd95e9359f8a93340",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_6223d",
                    table="supporters_placement",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="peersupporterevent",
            name="employer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.organisation",
            ),
        ),
        migrations.AddField(
            model_name="peersupporterevent",
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
            model_name="peersupporterevent",
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
            model_name="peersupporterevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="supporters.peersupporter",
            ),
        ),
        migrations.AddField(
            model_name="peersupporterevent",
            name="supervisor",
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
            model_name="peersupporterevent",
            name="user",
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
            model_name="placementevent",
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
            model_name="placementevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="supporters.placement",
            ),
        ),
        migrations.AddField(
            model_name="placementevent",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            model_name="placementevent",
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
        pgtrigger.migrations.AddTrigger(
            model_name="peersupporterevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b13cdfc7143c938ef5e1f293c85eb0d212a5e682",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c542f",
                    table="supporters_peersupporterevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bbba065e05f337fc49d383a0237fc59d84d4091e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08c26",
                    table="supporters_placementevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
