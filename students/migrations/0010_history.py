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
        ("schools", "0009_history"),
        ("students", "0009_school_moves"),
        ("supporters", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentEvent",
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("trial_until", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
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
                ("status", models.CharField(max_length=16)),
                ("reason", models.CharField(max_length=10)),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("training", "training"),
                                ("navigation", "finding one's way among authorities"),
                                ("wellbeing", "wellbeing"),
                                ("coping", "handling what is hard"),
                                ("community", "belonging where one lives"),
                                ("readiness", "ready for school or work"),
                                ("empowerment", "empowerment through shared experience"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        size=None,
                    ),
                ),
                (
                    "local_purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, db_default=[], size=None
                    ),
                ),
                ("review_on", models.DateField(blank=True, null=True)),
                ("paused_until", models.DateField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnrolmentEvent",
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
                ("school_form", models.CharField(max_length=8)),
                ("grade", models.PositiveSmallIntegerField(null=True)),
                ("valid_from", models.DateField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GuardianEvent",
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
                ("relation", models.CharField(max_length=10)),
                ("needs_interpreter", models.BooleanField()),
                ("not_to_be_contacted", models.BooleanField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IdentityEvent",
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
            name="NamedPersonEvent",
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
                ("chosen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReferralEvent",
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
                ("status", models.CharField(max_length=16)),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sex", models.CharField(max_length=10)),
                ("school_form", models.CharField(max_length=8)),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("protection", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=10)),
                ("wants_woman", models.BooleanField()),
                ("wants_man", models.BooleanField()),
                ("consent", models.CharField(max_length=10)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StudentEvent",
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
                ("school_form", models.CharField(max_length=8)),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sex", models.CharField(max_length=10)),
                ("protection", models.CharField(max_length=12)),
                ("left_on", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WhereaboutsEvent",
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
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_assignmentevent" ("case_id", "student_id", "supporter_id", "kind", "starts_on", "ends_on", "trial_until", "made_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."case_id", NEW."student_id", NEW."supporter_id", NEW."kind", NEW."starts_on", NEW."ends_on", NEW."trial_until", NEW."made_by_id", NEW."ended_at", NEW."ended_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="db0e9172142b9d01a319584ebfb36ae261c5d834",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_dff8b",
                    table="students_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."over_capacity_reason" IS DISTINCT FROM (NEW."over_capacity_reason") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."trial_until" IS DISTINCT FROM (NEW."trial_until"))',
                    func='INSERT INTO "students_assignmentevent" ("case_id", "student_id", "supporter_id", "kind", "starts_on", "ends_on", "trial_until", "made_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."case_id", NEW."student_id", NEW."supporter_id", NEW."kind", NEW."starts_on", NEW."ends_on", NEW."trial_until", NEW."made_by_id", NEW."ended_at", NEW."ended_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."case_id" IS DISTINCT FROM NEW."case_id" THEN jsonb_build_object(\'case\', OLD."case_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."starts_on" IS DISTINCT FROM NEW."starts_on" THEN jsonb_build_object(\'starts_on\', OLD."starts_on") ELSE \'{}\' END || CASE WHEN OLD."ends_on" IS DISTINCT FROM NEW."ends_on" THEN jsonb_build_object(\'ends_on\', OLD."ends_on") ELSE \'{}\' END || CASE WHEN OLD."trial_until" IS DISTINCT FROM NEW."trial_until" THEN jsonb_build_object(\'trial_until\', OLD."trial_until") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."ended_at" IS DISTINCT FROM NEW."ended_at" THEN jsonb_build_object(\'ended_at\', OLD."ended_at") ELSE \'{}\' END || CASE WHEN OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" THEN jsonb_build_object(\'ended_by\', OLD."ended_by_id") ELSE \'{}\' END || CASE WHEN OLD."reason" IS DISTINCT FROM NEW."reason" THEN jsonb_build_object(\'reason\', null) ELSE \'{}\' END || CASE WHEN OLD."over_capacity_reason" IS DISTINCT FROM NEW."over_capacity_reason" THEN jsonb_build_object(\'over_capacity_reason\', null) ELSE \'{}\' END || CASE WHEN OLD."end_reason" IS DISTINCT FROM NEW."end_reason" THEN jsonb_build_object(\'end_reason\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="967ba746ace74ac7037b417f92a13627760fa1ea",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_97138",
                    table="students_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_assignmentevent" ("case_id", "student_id", "supporter_id", "kind", "starts_on", "ends_on", "trial_until", "made_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."case_id", OLD."student_id", OLD."supporter_id", OLD."kind", OLD."starts_on", OLD."ends_on", OLD."trial_until", OLD."made_by_id", OLD."ended_at", OLD."ended_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="f0f461cc59742a6ac3668f6903a233a85caa9331",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_85705",
                    table="students_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_caseevent" ("student_id", "referral_id", "status", "reason", "purposes", "local_purposes", "review_on", "paused_until", "opened_at", "opened_by_id", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."referral_id", NEW."status", NEW."reason", NEW."purposes", NEW."local_purposes", NEW."review_on", NEW."paused_until", NEW."opened_at", NEW."opened_by_id", NEW."closed_at", NEW."closed_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="543ff62cc4a3fde774cf283fbc76d7bc1abaeeb0",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_a0517",
                    table="students_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."local_purposes" IS DISTINCT FROM (NEW."local_purposes") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."paused_until" IS DISTINCT FROM (NEW."paused_until") OR OLD."purposes" IS DISTINCT FROM (NEW."purposes") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."referral_id" IS DISTINCT FROM (NEW."referral_id") OR OLD."review_on" IS DISTINCT FROM (NEW."review_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "students_caseevent" ("student_id", "referral_id", "status", "reason", "purposes", "local_purposes", "review_on", "paused_until", "opened_at", "opened_by_id", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."referral_id", NEW."status", NEW."reason", NEW."purposes", NEW."local_purposes", NEW."review_on", NEW."paused_until", NEW."opened_at", NEW."opened_by_id", NEW."closed_at", NEW."closed_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."referral_id" IS DISTINCT FROM NEW."referral_id" THEN jsonb_build_object(\'referral\', OLD."referral_id") ELSE \'{}\' END || CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN jsonb_build_object(\'status\', OLD."status") ELSE \'{}\' END || CASE WHEN OLD."reason" IS DISTINCT FROM NEW."reason" THEN jsonb_build_object(\'reason\', OLD."reason") ELSE \'{}\' END || CASE WHEN OLD."purposes" IS DISTINCT FROM NEW."purposes" THEN jsonb_build_object(\'purposes\', OLD."purposes") ELSE \'{}\' END || CASE WHEN OLD."local_purposes" IS DISTINCT FROM NEW."local_purposes" THEN jsonb_build_object(\'local_purposes\', OLD."local_purposes") ELSE \'{}\' END || CASE WHEN OLD."review_on" IS DISTINCT FROM NEW."review_on" THEN jsonb_build_object(\'review_on\', OLD."review_on") ELSE \'{}\' END || CASE WHEN OLD."paused_until" IS DISTINCT FROM NEW."paused_until" THEN jsonb_build_object(\'paused_until\', OLD."paused_until") ELSE \'{}\' END || CASE WHEN OLD."opened_at" IS DISTINCT FROM NEW."opened_at" THEN jsonb_build_object(\'opened_at\', OLD."opened_at") ELSE \'{}\' END || CASE WHEN OLD."opened_by_id" IS DISTINCT FROM NEW."opened_by_id" THEN jsonb_build_object(\'opened_by\', OLD."opened_by_id") ELSE \'{}\' END || CASE WHEN OLD."closed_at" IS DISTINCT FROM NEW."closed_at" THEN jsonb_build_object(\'closed_at\', OLD."closed_at") ELSE \'{}\' END || CASE WHEN OLD."closed_by_id" IS DISTINCT FROM NEW."closed_by_id" THEN jsonb_build_object(\'closed_by\', OLD."closed_by_id") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="9b55f867e20a7e1b372d4fa62bc2e9ad934780ea",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_58258",
                    table="students_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_caseevent" ("student_id", "referral_id", "status", "reason", "purposes", "local_purposes", "review_on", "paused_until", "opened_at", "opened_by_id", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."referral_id", OLD."status", OLD."reason", OLD."purposes", OLD."local_purposes", OLD."review_on", OLD."paused_until", OLD."opened_at", OLD."opened_by_id", OLD."closed_at", OLD."closed_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="1a8eaa9dcd691d46e3da0085c14232019968a28c",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_a7951",
                    table="students_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_enrolmentevent" ("student_id", "school_id", "school_form", "grade", "valid_from", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."school_id", NEW."school_form", NEW."grade", NEW."valid_from", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7401082a06a0f3593d9253012577c6370b73b494",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_4acc6",
                    table="students_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_form" IS DISTINCT FROM (NEW."school_form") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))',
                    func='INSERT INTO "students_enrolmentevent" ("student_id", "school_id", "school_form", "grade", "valid_from", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."school_id", NEW."school_form", NEW."grade", NEW."valid_from", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."school_form" IS DISTINCT FROM NEW."school_form" THEN jsonb_build_object(\'school_form\', OLD."school_form") ELSE \'{}\' END || CASE WHEN OLD."grade" IS DISTINCT FROM NEW."grade" THEN jsonb_build_object(\'grade\', OLD."grade") ELSE \'{}\' END || CASE WHEN OLD."valid_from" IS DISTINCT FROM NEW."valid_from" THEN jsonb_build_object(\'valid_from\', OLD."valid_from") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="1aceac15bfdb786d129a76ba91217b4c4dc23327",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_608b7",
                    table="students_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_enrolmentevent" ("student_id", "school_id", "school_form", "grade", "valid_from", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."school_id", OLD."school_form", OLD."grade", OLD."valid_from", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8cbda7bc6da97266b1289807886d9acdbb6b2057",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_eefc2",
                    table="students_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_guardianevent" ("student_id", "relation", "needs_interpreter", "not_to_be_contacted", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."relation", NEW."needs_interpreter", NEW."not_to_be_contacted", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="9c3a6274e868a7f77faf0301e5754bd9daef7194",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_e2295",
                    table="students_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."how_to_reach" IS DISTINCT FROM (NEW."how_to_reach") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."needs_interpreter" IS DISTINCT FROM (NEW."needs_interpreter") OR OLD."not_to_be_contacted" IS DISTINCT FROM (NEW."not_to_be_contacted") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "students_guardianevent" ("student_id", "relation", "needs_interpreter", "not_to_be_contacted", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."relation", NEW."needs_interpreter", NEW."not_to_be_contacted", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."relation" IS DISTINCT FROM NEW."relation" THEN jsonb_build_object(\'relation\', OLD."relation") ELSE \'{}\' END || CASE WHEN OLD."needs_interpreter" IS DISTINCT FROM NEW."needs_interpreter" THEN jsonb_build_object(\'needs_interpreter\', OLD."needs_interpreter") ELSE \'{}\' END || CASE WHEN OLD."not_to_be_contacted" IS DISTINCT FROM NEW."not_to_be_contacted" THEN jsonb_build_object(\'not_to_be_contacted\', OLD."not_to_be_contacted") ELSE \'{}\' END || CASE WHEN OLD."given_name" IS DISTINCT FROM NEW."given_name" THEN jsonb_build_object(\'given_name\', null) ELSE \'{}\' END || CASE WHEN OLD."family_name" IS DISTINCT FROM NEW."family_name" THEN jsonb_build_object(\'family_name\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END || CASE WHEN OLD."email" IS DISTINCT FROM NEW."email" THEN jsonb_build_object(\'email\', null) ELSE \'{}\' END || CASE WHEN OLD."language" IS DISTINCT FROM NEW."language" THEN jsonb_build_object(\'language\', null) ELSE \'{}\' END || CASE WHEN OLD."how_to_reach" IS DISTINCT FROM NEW."how_to_reach" THEN jsonb_build_object(\'how_to_reach\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d2c763fe6da8eb47f8b2a67f3c2cc0de522891f9",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_ac6ca",
                    table="students_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_guardianevent" ("student_id", "relation", "needs_interpreter", "not_to_be_contacted", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."relation", OLD."needs_interpreter", OLD."not_to_be_contacted", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="cdb209aa03400813bb32a45e5f5bcc9ff8ffa4ad",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_9bf91",
                    table="students_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identity",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_identityevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", clock_timestamp(), \'insert\', NEW."student_id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="e681c789fb73f95e0463dc94c71be88b67ff91ab",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_75c63",
                    table="students_identity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identity",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."called" IS DISTINCT FROM (NEW."called") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "students_identityevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", clock_timestamp(), \'update\', NEW."student_id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."given_name" IS DISTINCT FROM NEW."given_name" THEN jsonb_build_object(\'given_name\', null) ELSE \'{}\' END || CASE WHEN OLD."family_name" IS DISTINCT FROM NEW."family_name" THEN jsonb_build_object(\'family_name\', null) ELSE \'{}\' END || CASE WHEN OLD."called" IS DISTINCT FROM NEW."called" THEN jsonb_build_object(\'called\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="78efb98072aebf3da98fa4723d208f9134279399",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_fdf16",
                    table="students_identity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identity",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_identityevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", clock_timestamp(), \'delete\', OLD."student_id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="c28cfc01ab119641413c58a62062288873839b32",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_8c551",
                    table="students_identity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_namedpersonevent" ("student_id", "user_id", "chosen_at", "chosen_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."user_id", NEW."chosen_at", NEW."chosen_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="5aaf4d42dfa98037bfdef758550e6ccb7f891fd8",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_9bcea",
                    table="students_namedperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."chosen_at" IS DISTINCT FROM (NEW."chosen_at") OR OLD."chosen_by_id" IS DISTINCT FROM (NEW."chosen_by_id") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                    func='INSERT INTO "students_namedpersonevent" ("student_id", "user_id", "chosen_at", "chosen_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."user_id", NEW."chosen_at", NEW."chosen_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."user_id" IS DISTINCT FROM NEW."user_id" THEN jsonb_build_object(\'user\', OLD."user_id") ELSE \'{}\' END || CASE WHEN OLD."chosen_at" IS DISTINCT FROM NEW."chosen_at" THEN jsonb_build_object(\'chosen_at\', OLD."chosen_at") ELSE \'{}\' END || CASE WHEN OLD."chosen_by_id" IS DISTINCT FROM NEW."chosen_by_id" THEN jsonb_build_object(\'chosen_by\', OLD."chosen_by_id") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="3c48c21c0dcaad9d7953d7c1a09a2b97a45b4c43",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_649f5",
                    table="students_namedperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_namedpersonevent" ("student_id", "user_id", "chosen_at", "chosen_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."user_id", OLD."chosen_at", OLD."chosen_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7bfdf09c1f08be36208b2a70cae49b4a1cc9cd5c",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_0d0d7",
                    table="students_namedperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_referralevent" ("school_id", "student_id", "referred_by_id", "status", "birth_year", "sex", "school_form", "grade", "protection", "reason", "wants_woman", "wants_man", "consent", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."student_id", NEW."referred_by_id", NEW."status", NEW."birth_year", NEW."sex", NEW."school_form", NEW."grade", NEW."protection", NEW."reason", NEW."wants_woman", NEW."wants_man", NEW."consent", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="71104be7a1d547b3b7b22579438ae6185f28de3e",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6fdaa",
                    table="students_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."called" IS DISTINCT FROM (NEW."called") OR OLD."consent" IS DISTINCT FROM (NEW."consent") OR OLD."consent_note" IS DISTINCT FROM (NEW."consent_note") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."guardians_say" IS DISTINCT FROM (NEW."guardians_say") OR OLD."has_been_tried" IS DISTINCT FROM (NEW."has_been_tried") OR OLD."protection" IS DISTINCT FROM (NEW."protection") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."referred_by_id" IS DISTINCT FROM (NEW."referred_by_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_form" IS DISTINCT FROM (NEW."school_form") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."student_wants" IS DISTINCT FROM (NEW."student_wants") OR OLD."wanted_language" IS DISTINCT FROM (NEW."wanted_language") OR OLD."wants_man" IS DISTINCT FROM (NEW."wants_man") OR OLD."wants_woman" IS DISTINCT FROM (NEW."wants_woman") OR OLD."wishes" IS DISTINCT FROM (NEW."wishes") OR OLD."works_well" IS DISTINCT FROM (NEW."works_well"))',
                    func='INSERT INTO "students_referralevent" ("school_id", "student_id", "referred_by_id", "status", "birth_year", "sex", "school_form", "grade", "protection", "reason", "wants_woman", "wants_man", "consent", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."student_id", NEW."referred_by_id", NEW."status", NEW."birth_year", NEW."sex", NEW."school_form", NEW."grade", NEW."protection", NEW."reason", NEW."wants_woman", NEW."wants_man", NEW."consent", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."referred_by_id" IS DISTINCT FROM NEW."referred_by_id" THEN jsonb_build_object(\'referred_by\', OLD."referred_by_id") ELSE \'{}\' END || CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN jsonb_build_object(\'status\', OLD."status") ELSE \'{}\' END || CASE WHEN OLD."birth_year" IS DISTINCT FROM NEW."birth_year" THEN jsonb_build_object(\'birth_year\', OLD."birth_year") ELSE \'{}\' END || CASE WHEN OLD."sex" IS DISTINCT FROM NEW."sex" THEN jsonb_build_object(\'sex\', OLD."sex") ELSE \'{}\' END || CASE WHEN OLD."school_form" IS DISTINCT FROM NEW."school_form" THEN jsonb_build_object(\'school_form\', OLD."school_form") ELSE \'{}\' END || CASE WHEN OLD."grade" IS DISTINCT FROM NEW."grade" THEN jsonb_build_object(\'grade\', OLD."grade") ELSE \'{}\' END || CASE WHEN OLD."protection" IS DISTINCT FROM NEW."protection" THEN jsonb_build_object(\'protection\', OLD."protection") ELSE \'{}\' END || CASE WHEN OLD."reason" IS DISTINCT FROM NEW."reason" THEN jsonb_build_object(\'reason\', OLD."reason") ELSE \'{}\' END || CASE WHEN OLD."wants_woman" IS DISTINCT FROM NEW."wants_woman" THEN jsonb_build_object(\'wants_woman\', OLD."wants_woman") ELSE \'{}\' END || CASE WHEN OLD."wants_man" IS DISTINCT FROM NEW."wants_man" THEN jsonb_build_object(\'wants_man\', OLD."wants_man") ELSE \'{}\' END || CASE WHEN OLD."consent" IS DISTINCT FROM NEW."consent" THEN jsonb_build_object(\'consent\', OLD."consent") ELSE \'{}\' END || CASE WHEN OLD."given_name" IS DISTINCT FROM NEW."given_name" THEN jsonb_build_object(\'given_name\', null) ELSE \'{}\' END || CASE WHEN OLD."family_name" IS DISTINCT FROM NEW."family_name" THEN jsonb_build_object(\'family_name\', null) ELSE \'{}\' END || CASE WHEN OLD."called" IS DISTINCT FROM NEW."called" THEN jsonb_build_object(\'called\', null) ELSE \'{}\' END || CASE WHEN OLD."works_well" IS DISTINCT FROM NEW."works_well" THEN jsonb_build_object(\'works_well\', null) ELSE \'{}\' END || CASE WHEN OLD."has_been_tried" IS DISTINCT FROM NEW."has_been_tried" THEN jsonb_build_object(\'has_been_tried\', null) ELSE \'{}\' END || CASE WHEN OLD."student_wants" IS DISTINCT FROM NEW."student_wants" THEN jsonb_build_object(\'student_wants\', null) ELSE \'{}\' END || CASE WHEN OLD."guardians_say" IS DISTINCT FROM NEW."guardians_say" THEN jsonb_build_object(\'guardians_say\', null) ELSE \'{}\' END || CASE WHEN OLD."wishes" IS DISTINCT FROM NEW."wishes" THEN jsonb_build_object(\'wishes\', null) ELSE \'{}\' END || CASE WHEN OLD."wanted_language" IS DISTINCT FROM NEW."wanted_language" THEN jsonb_build_object(\'wanted_language\', null) ELSE \'{}\' END || CASE WHEN OLD."consent_note" IS DISTINCT FROM NEW."consent_note" THEN jsonb_build_object(\'consent_note\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="a7ca9d6f5c282e1286d173c6d277e43f7e11e3d9",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_8b411",
                    table="students_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_referralevent" ("school_id", "student_id", "referred_by_id", "status", "birth_year", "sex", "school_form", "grade", "protection", "reason", "wants_woman", "wants_man", "consent", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."school_id", OLD."student_id", OLD."referred_by_id", OLD."status", OLD."birth_year", OLD."sex", OLD."school_form", OLD."grade", OLD."protection", OLD."reason", OLD."wants_woman", OLD."wants_man", OLD."consent", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7ff1c9b4c42e21fa251d7c5b715e9007dfc4e86a",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_fbe18",
                    table="students_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_studentevent" ("school_id", "school_form", "grade", "birth_year", "sex", "protection", "left_on", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."school_form", NEW."grade", NEW."birth_year", NEW."sex", NEW."protection", NEW."left_on", NEW."merged_into_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="dc8dfaca748aedc0a6416873ba5d98f48c2e8e06",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_1df49",
                    table="students_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."protection" IS DISTINCT FROM (NEW."protection") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_form" IS DISTINCT FROM (NEW."school_form") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."works_well" IS DISTINCT FROM (NEW."works_well"))',
                    func='INSERT INTO "students_studentevent" ("school_id", "school_form", "grade", "birth_year", "sex", "protection", "left_on", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."school_form", NEW."grade", NEW."birth_year", NEW."sex", NEW."protection", NEW."left_on", NEW."merged_into_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."school_form" IS DISTINCT FROM NEW."school_form" THEN jsonb_build_object(\'school_form\', OLD."school_form") ELSE \'{}\' END || CASE WHEN OLD."grade" IS DISTINCT FROM NEW."grade" THEN jsonb_build_object(\'grade\', OLD."grade") ELSE \'{}\' END || CASE WHEN OLD."birth_year" IS DISTINCT FROM NEW."birth_year" THEN jsonb_build_object(\'birth_year\', OLD."birth_year") ELSE \'{}\' END || CASE WHEN OLD."sex" IS DISTINCT FROM NEW."sex" THEN jsonb_build_object(\'sex\', OLD."sex") ELSE \'{}\' END || CASE WHEN OLD."protection" IS DISTINCT FROM NEW."protection" THEN jsonb_build_object(\'protection\', OLD."protection") ELSE \'{}\' END || CASE WHEN OLD."left_on" IS DISTINCT FROM NEW."left_on" THEN jsonb_build_object(\'left_on\', OLD."left_on") ELSE \'{}\' END || CASE WHEN OLD."merged_into_id" IS DISTINCT FROM NEW."merged_into_id" THEN jsonb_build_object(\'merged_into\', OLD."merged_into_id") ELSE \'{}\' END || CASE WHEN OLD."works_well" IS DISTINCT FROM NEW."works_well" THEN jsonb_build_object(\'works_well\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="8c86a558a1d9a3f03fa234bde7387344e61755ce",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_7371c",
                    table="students_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_studentevent" ("school_id", "school_form", "grade", "birth_year", "sex", "protection", "left_on", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."school_id", OLD."school_form", OLD."grade", OLD."birth_year", OLD."sex", OLD."protection", OLD."left_on", OLD."merged_into_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="34bf8c5407186d01369f0e0ceaf686b71a307867",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b2e7e",
                    table="students_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="whereabouts",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_whereaboutsevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", clock_timestamp(), \'insert\', NEW."student_id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="80480e415c17f34f2e862e1e6349b8ff2ecc1b16",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_797aa",
                    table="students_whereabouts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="whereabouts",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."how_to_reach" IS DISTINCT FROM (NEW."how_to_reach") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "students_whereaboutsevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", clock_timestamp(), \'update\', NEW."student_id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."street" IS DISTINCT FROM NEW."street" THEN jsonb_build_object(\'street\', null) ELSE \'{}\' END || CASE WHEN OLD."postal_code" IS DISTINCT FROM NEW."postal_code" THEN jsonb_build_object(\'postal_code\', null) ELSE \'{}\' END || CASE WHEN OLD."city" IS DISTINCT FROM NEW."city" THEN jsonb_build_object(\'city\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END || CASE WHEN OLD."how_to_reach" IS DISTINCT FROM NEW."how_to_reach" THEN jsonb_build_object(\'how_to_reach\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="892d66605b0365841b992fbcbd43f8ee0aeec128",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_78da4",
                    table="students_whereabouts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="whereabouts",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_whereaboutsevent" ("student_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", clock_timestamp(), \'delete\', OLD."student_id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0020d912fe4ccab4b78db2475953d634857445a1",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_409ba",
                    table="students_whereabouts",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
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
            model_name="assignmentevent",
            name="ended_by",
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
            model_name="assignmentevent",
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
            model_name="assignmentevent",
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
            model_name="assignmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.assignment",
            ),
        ),
        migrations.AddField(
            model_name="assignmentevent",
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
            model_name="assignmentevent",
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
            model_name="caseevent",
            name="closed_by",
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
            model_name="caseevent",
            name="opened_by",
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
            model_name="caseevent",
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
            model_name="caseevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.case",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="referral",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.referral",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
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
            model_name="enrolmentevent",
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
            model_name="enrolmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="enrolmentevent",
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
            model_name="enrolmentevent",
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
            model_name="guardianevent",
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
            model_name="guardianevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.guardian",
            ),
        ),
        migrations.AddField(
            model_name="guardianevent",
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
            model_name="identityevent",
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
            model_name="identityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.identity",
            ),
        ),
        migrations.AddField(
            model_name="identityevent",
            name="student",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                serialize=False,
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="namedpersonevent",
            name="chosen_by",
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
            model_name="namedpersonevent",
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
            model_name="namedpersonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.namedperson",
            ),
        ),
        migrations.AddField(
            model_name="namedpersonevent",
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
            model_name="namedpersonevent",
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
            model_name="referralevent",
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
            model_name="referralevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.referral",
            ),
        ),
        migrations.AddField(
            model_name="referralevent",
            name="referred_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referralevent",
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
            model_name="referralevent",
            name="student",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="studentevent",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="studentevent",
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
            model_name="studentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="studentevent",
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
            model_name="whereaboutsevent",
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
            model_name="whereaboutsevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.whereabouts",
            ),
        ),
        migrations.AddField(
            model_name="whereaboutsevent",
            name="student",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                serialize=False,
                to="students.student",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="535a7fe278c73cb7f310577dd992449b2864d5b2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f6f3f",
                    table="students_assignmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="61728e3361a8d7365d9b91abb9c8aa24d40bbcd2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ebd22",
                    table="students_caseevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="enrolmentevent",
            index=models.Index(fields=["student"], name="enrolmentevent_by_student"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8c4cc951e2f01fd76356586a1171c703387732f4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_868fb",
                    table="students_enrolmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="guardianevent",
            index=models.Index(fields=["student"], name="guardianevent_by_student"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="83c2ba915aecaca2117ecd753ba4d19b3d1cd127",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94b14",
                    table="students_guardianevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="identityevent",
            index=models.Index(fields=["student"], name="identityevent_by_student"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1991bac7afa065b041b810b7a5086f88cd1a6b4d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d2460",
                    table="students_identityevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="namedpersonevent",
            index=models.Index(fields=["student"], name="namedpersonevent_by_student"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namedpersonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="29c4a6d8066b1fc1aa13894079a5d2ff201a1d62",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e9ce1",
                    table="students_namedpersonevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c31185bc29c655a9a27f21c39e1b6afc48fe448f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_03fb9",
                    table="students_referralevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="studentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aa2a9cccc2a933a4681710da1baca1549da79e55",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0b28f",
                    table="students_studentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="whereaboutsevent",
            index=models.Index(fields=["student"], name="whereaboutsevent_by_student"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="whereaboutsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6400ded6f56408aadc78b159038337c0e4549820",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ed673",
                    table="students_whereaboutsevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
