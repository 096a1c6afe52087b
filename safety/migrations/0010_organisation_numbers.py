"""The numbers of an organisation to ring when somebody is worried, and their history."""

import uuid

import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0003_tied_copies"),
        ("schools", "0013_tied_school_break"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationNumber",
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
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("urgent", "Social services in an emergency, evenings and weekends too"),
                            ("intake", "Social services in office hours, where a report is made"),
                            ("internal", "Our own"),
                        ],
                        max_length=10,
                        verbose_name="When does one ring it?",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="What is it called?")),
                (
                    "phone",
                    models.CharField(
                        max_length=26,
                        validators=[django.core.validators.RegexValidator("^\\+?[0-9][0-9 -]{1,24}$")],
                        verbose_name="phone",
                    ),
                ),
                ("hours", models.CharField(blank=True, max_length=80, verbose_name="When do they answer?")),
                ("url", models.CharField(blank=True, max_length=300, verbose_name="Address of their form")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="schools.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "phone number",
                "verbose_name_plural": "phone numbers",
            },
        ),
        migrations.CreateModel(
            name="OrganisationNumberEvent",
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
                ("step", models.CharField(max_length=10)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.organisation",
                    ),
                ),
                (
                    "pgh_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="safety.organisationnumber",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="organisationnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("phone__regex", "^\\+?[0-9][0-9 -]{1,24}$")),
                name="organisation_number_can_be_rung",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""),
                    (
                        "url__regex",
                        "^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9](/|\\?|#|$)",
                    ),
                    _connector="OR",
                ),
                name="organisation_number_leads_to_a_public_page",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_organisationnumberevent" ("organisation_id", "step", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."step", NEW."withdrawn_at", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="69ea724d2b0b5403e58481c50adb00eb5685624b",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_72338",
                    table="safety_organisationnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."hours" IS DISTINCT FROM (NEW."hours") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."step" IS DISTINCT FROM (NEW."step") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "safety_organisationnumberevent" ("organisation_id", "step", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."step", NEW."withdrawn_at", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."step" IS DISTINCT FROM NEW."step" THEN jsonb_build_object(\'step\', OLD."step") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END || CASE WHEN OLD."hours" IS DISTINCT FROM NEW."hours" THEN jsonb_build_object(\'hours\', null) ELSE \'{}\' END || CASE WHEN OLD."url" IS DISTINCT FROM NEW."url" THEN jsonb_build_object(\'url\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="37ef463b8629211aa731fafffad8712725cce747",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_943a1",
                    table="safety_organisationnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_organisationnumberevent" ("organisation_id", "step", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."step", OLD."withdrawn_at", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="fdfac3a40aa7516af4d336236400a41c74d11435",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_25f4f",
                    table="safety_organisationnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationnumberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3701d39781ca892506f82c4114173d4b98ae4076",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d3d25",
                    table="safety_organisationnumberevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
