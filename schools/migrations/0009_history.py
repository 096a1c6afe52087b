"""Who changed what: tables of events, and the triggers that write them (docs/adr/0016)."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0008_admin_log_by_object"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MembershipEvent",
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
                ("role", models.CharField(max_length=16)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
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
                ("kind", models.CharField(max_length=12)),
                ("days_without_contact", models.PositiveSmallIntegerField()),
                ("students_per_full_time", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolContactEvent",
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
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolEvent",
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
                (
                    "forms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("FKLASS", "preschool class"),
                                ("GR", "compulsory school"),
                                ("GRS", "adapted compulsory school"),
                                ("SP", "special school"),
                                ("SAM", "Sami school"),
                                ("GY", "upper secondary school"),
                                ("GYS", "adapted upper secondary school"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        size=None,
                    ),
                ),
                ("status", models.CharField(max_length=8)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_membershipevent" ("user_id", "role", "organisation_id", "school_id", "valid_from", "valid_to", "granted_by_id", "confirmed_at", "confirmed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."user_id", NEW."role", NEW."organisation_id", NEW."school_id", NEW."valid_from", NEW."valid_to", NEW."granted_by_id", NEW."confirmed_at", NEW."confirmed_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8dbff21877d11a3d02ec6f76e2b2c651c83b534e",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b59c1",
                    table="schools_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."granted_by_id" IS DISTINCT FROM (NEW."granted_by_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                    func='INSERT INTO "schools_membershipevent" ("user_id", "role", "organisation_id", "school_id", "valid_from", "valid_to", "granted_by_id", "confirmed_at", "confirmed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."user_id", NEW."role", NEW."organisation_id", NEW."school_id", NEW."valid_from", NEW."valid_to", NEW."granted_by_id", NEW."confirmed_at", NEW."confirmed_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."user_id" IS DISTINCT FROM NEW."user_id" THEN jsonb_build_object(\'user\', OLD."user_id") ELSE \'{}\' END || CASE WHEN OLD."role" IS DISTINCT FROM NEW."role" THEN jsonb_build_object(\'role\', OLD."role") ELSE \'{}\' END || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."valid_from" IS DISTINCT FROM NEW."valid_from" THEN jsonb_build_object(\'valid_from\', OLD."valid_from") ELSE \'{}\' END || CASE WHEN OLD."valid_to" IS DISTINCT FROM NEW."valid_to" THEN jsonb_build_object(\'valid_to\', OLD."valid_to") ELSE \'{}\' END || CASE WHEN OLD."granted_by_id" IS DISTINCT FROM NEW."granted_by_id" THEN jsonb_build_object(\'granted_by\', OLD."granted_by_id") ELSE \'{}\' END || CASE WHEN OLD."confirmed_at" IS DISTINCT FROM NEW."confirmed_at" THEN jsonb_build_object(\'confirmed_at\', OLD."confirmed_at") ELSE \'{}\' END || CASE WHEN OLD."confirmed_by_id" IS DISTINCT FROM NEW."confirmed_by_id" THEN jsonb_build_object(\'confirmed_by\', OLD."confirmed_by_id") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="11e3a417a8aecf7420728f2da9e7bfa8f3004567",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_46431",
                    table="schools_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_membershipevent" ("user_id", "role", "organisation_id", "school_id", "valid_from", "valid_to", "granted_by_id", "confirmed_at", "confirmed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."user_id", OLD."role", OLD."organisation_id", OLD."school_id", OLD."valid_from", OLD."valid_to", OLD."granted_by_id", OLD."confirmed_at", OLD."confirmed_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="58c68f03cfd44a49064bec49e08dce6fdb47e171",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_9d330",
                    table="schools_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."students_per_full_time", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="dfe4da0701e14f0f15b380cd46339f19fdefab32",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_96244",
                    table="schools_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."days_without_contact" IS DISTINCT FROM (NEW."days_without_contact") OR OLD."hidden_codes" IS DISTINCT FROM (NEW."hidden_codes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."municipality_code" IS DISTINCT FROM (NEW."municipality_code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."students_per_full_time" IS DISTINCT FROM (NEW."students_per_full_time") OR OLD."target_group_many" IS DISTINCT FROM (NEW."target_group_many") OR OLD."target_group_one" IS DISTINCT FROM (NEW."target_group_one"))',
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."students_per_full_time", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."days_without_contact" IS DISTINCT FROM NEW."days_without_contact" THEN jsonb_build_object(\'days_without_contact\', OLD."days_without_contact") ELSE \'{}\' END || CASE WHEN OLD."students_per_full_time" IS DISTINCT FROM NEW."students_per_full_time" THEN jsonb_build_object(\'students_per_full_time\', OLD."students_per_full_time") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."number" IS DISTINCT FROM NEW."number" THEN jsonb_build_object(\'number\', null) ELSE \'{}\' END || CASE WHEN OLD."municipality_code" IS DISTINCT FROM NEW."municipality_code" THEN jsonb_build_object(\'municipality_code\', null) ELSE \'{}\' END || CASE WHEN OLD."hidden_codes" IS DISTINCT FROM NEW."hidden_codes" THEN jsonb_build_object(\'hidden_codes\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_one" IS DISTINCT FROM NEW."target_group_one" THEN jsonb_build_object(\'target_group_one\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_many" IS DISTINCT FROM NEW."target_group_many" THEN jsonb_build_object(\'target_group_many\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="6d54b18fa3751f8d7052a0d138e39510e074b0ef",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_68c61",
                    table="schools_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."kind", OLD."days_without_contact", OLD."students_per_full_time", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="b714bb5d23ca58b30af845d617ce1f4990f73d35",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_1ac78",
                    table="schools_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolevent" ("organisation_id", "forms", "status", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."forms", NEW."status", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d607d0e80576611b287de5cd3c5f2a4903f6d000",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_90420",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."forms" IS DISTINCT FROM (NEW."forms") OR OLD."grades" IS DISTINCT FROM (NEW."grades") OR OLD."municipality_code" IS DISTINCT FROM (NEW."municipality_code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."unit_code" IS DISTINCT FROM (NEW."unit_code"))',
                    func='INSERT INTO "schools_schoolevent" ("organisation_id", "forms", "status", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."forms", NEW."status", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."forms" IS DISTINCT FROM NEW."forms" THEN jsonb_build_object(\'forms\', OLD."forms") ELSE \'{}\' END || CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN jsonb_build_object(\'status\', OLD."status") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."unit_code" IS DISTINCT FROM NEW."unit_code" THEN jsonb_build_object(\'unit_code\', null) ELSE \'{}\' END || CASE WHEN OLD."municipality_code" IS DISTINCT FROM NEW."municipality_code" THEN jsonb_build_object(\'municipality_code\', null) ELSE \'{}\' END || CASE WHEN OLD."grades" IS DISTINCT FROM NEW."grades" THEN jsonb_build_object(\'grades\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="fc02f4a8c1b65915b3732ac9d95f47b62a32cc92",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_e4420",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolevent" ("organisation_id", "forms", "status", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."forms", OLD."status", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="a1a34ca2c76b61c97efae52292e98d7615d689f7",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_2acac",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolcontactevent" ("school_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="1e69c893c0d4051a88e8f365e8d4fbdaae251f22",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_df969",
                    table="schools_schoolcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."function" IS DISTINCT FROM (NEW."function") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id"))',
                    func='INSERT INTO "schools_schoolcontactevent" ("school_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."function" IS DISTINCT FROM NEW."function" THEN jsonb_build_object(\'function\', null) ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."email" IS DISTINCT FROM NEW."email" THEN jsonb_build_object(\'email\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="20c024736de55fdeb736a33f775de0339a1ee917",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_3fd60",
                    table="schools_schoolcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_schoolcontactevent" ("school_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."school_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="18ba1fcc939cb94e29286862b1fd137d11370fba",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_6fcb4",
                    table="schools_schoolcontact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="membershipevent",
            name="confirmed_by",
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
            model_name="membershipevent",
            name="granted_by",
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
            model_name="membershipevent",
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
            model_name="membershipevent",
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
            model_name="membershipevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.membership",
            ),
        ),
        migrations.AddField(
            model_name="membershipevent",
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
        migrations.AddField(
            model_name="membershipevent",
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
            model_name="organisationevent",
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
            model_name="organisationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.organisation",
            ),
        ),
        migrations.AddField(
            model_name="schoolcontactevent",
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
            model_name="schoolcontactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.schoolcontact",
            ),
        ),
        migrations.AddField(
            model_name="schoolcontactevent",
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
            model_name="schoolevent",
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
            model_name="schoolevent",
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
            model_name="schoolevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="schools.school",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2cb52c4ad6c241fd881f80e7cfe84d9662bc4b34",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e5cd0",
                    table="schools_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a8e1f867305fe6b066c7335f2af96120009fe53",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ecd09",
                    table="schools_organisationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolcontactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b548f736e4efb12887d04512d8a72a711ed3cad1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d587d",
                    table="schools_schoolcontactevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="18517fda950e40fef3bb5ccd6588e3a5c0103593",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_42402",
                    table="schools_schoolevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
