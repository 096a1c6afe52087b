"""The markers of reports of concern, and their history."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers
from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0010_organisation_numbers"),
        ("students", "0011_people_around_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConcernReport",
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
                ("learned_on", models.DateField(verbose_name="When did you learn of it?")),
                ("sent_at", models.DateTimeField(verbose_name="When was it sent?")),
                (
                    "receiver",
                    models.CharField(
                        choices=[
                            ("social", "Social services"),
                            ("emergency", "Social emergency service"),
                            ("police", "Police"),
                        ],
                        max_length=10,
                        verbose_name="To whom?",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("form", "By their form or e-service"),
                            ("letter", "By letter"),
                            ("visit", "At a visit or a meeting"),
                        ],
                        max_length=10,
                        verbose_name="How?",
                    ),
                ),
                ("feedback_asked", models.BooleanField(default=False, verbose_name="Feedback is asked for")),
                (
                    "changed_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistyped", "Something was filled in wrongly"),
                            ("added", "More has become known of how it was sent"),
                            ("wrong_pupil", "It is about another pupil"),
                            ("twice", "It stands here twice"),
                            ("not_sent", "It was never sent"),
                        ],
                        max_length=12,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistyped", "Something was filled in wrongly"),
                            ("added", "More has become known of how it was sent"),
                            ("wrong_pupil", "It is about another pupil"),
                            ("twice", "It stands here twice"),
                            ("not_sent", "It was never sent"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern_reports",
                        to="students.student",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report of concern",
                "verbose_name_plural": "reports of concern",
            },
        ),
        migrations.CreateModel(
            name="ConcernReportEvent",
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
                ("learned_on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                ("receiver", models.CharField(max_length=10)),
                ("way", models.CharField(max_length=10)),
                ("feedback_asked", models.BooleanField()),
                ("changed_because", models.CharField(blank=True, max_length=12)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=12)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="safety.concernreport",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="students.student",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="concernreport",
            index=models.Index(fields=["student_id", "sent_at"], name="concern_report_by_student"),
        ),
        migrations.AddConstraint(
            model_name="concernreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_because", ""),
                        ("withdrawn_by__isnull", True),
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concern_report_withdrawn_has_who_when_and_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_concernreportevent" ("student_id", "author_id", "learned_on", "sent_at", "receiver", "way", "feedback_asked", "changed_because", "withdrawn_at", "withdrawn_by_id", "withdrawn_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."author_id", NEW."learned_on", NEW."sent_at", NEW."receiver", NEW."way", NEW."feedback_asked", NEW."changed_because", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_because", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="cede2c9443f3a5afe9e98f1f3dfbf06ce693269b",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_e5caa",
                    table="safety_concernreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."changed_because" IS DISTINCT FROM (NEW."changed_because") OR OLD."feedback_asked" IS DISTINCT FROM (NEW."feedback_asked") OR OLD."learned_on" IS DISTINCT FROM (NEW."learned_on") OR OLD."receiver" IS DISTINCT FROM (NEW."receiver") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                    func='INSERT INTO "safety_concernreportevent" ("student_id", "author_id", "learned_on", "sent_at", "receiver", "way", "feedback_asked", "changed_because", "withdrawn_at", "withdrawn_by_id", "withdrawn_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."author_id", NEW."learned_on", NEW."sent_at", NEW."receiver", NEW."way", NEW."feedback_asked", NEW."changed_because", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_because", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."learned_on" IS DISTINCT FROM NEW."learned_on" THEN jsonb_build_object(\'learned_on\', OLD."learned_on") ELSE \'{}\' END || CASE WHEN OLD."sent_at" IS DISTINCT FROM NEW."sent_at" THEN jsonb_build_object(\'sent_at\', OLD."sent_at") ELSE \'{}\' END || CASE WHEN OLD."receiver" IS DISTINCT FROM NEW."receiver" THEN jsonb_build_object(\'receiver\', OLD."receiver") ELSE \'{}\' END || CASE WHEN OLD."way" IS DISTINCT FROM NEW."way" THEN jsonb_build_object(\'way\', OLD."way") ELSE \'{}\' END || CASE WHEN OLD."feedback_asked" IS DISTINCT FROM NEW."feedback_asked" THEN jsonb_build_object(\'feedback_asked\', OLD."feedback_asked") ELSE \'{}\' END || CASE WHEN OLD."changed_because" IS DISTINCT FROM NEW."changed_because" THEN jsonb_build_object(\'changed_because\', OLD."changed_because") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_because" IS DISTINCT FROM NEW."withdrawn_because" THEN jsonb_build_object(\'withdrawn_because\', OLD."withdrawn_because") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="4b68c8f7281f0aeec76d0a7e2650c67340e7d035",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d9912",
                    table="safety_concernreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_concernreportevent" ("student_id", "author_id", "learned_on", "sent_at", "receiver", "way", "feedback_asked", "changed_because", "withdrawn_at", "withdrawn_by_id", "withdrawn_because", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."author_id", OLD."learned_on", OLD."sent_at", OLD."receiver", OLD."way", OLD."feedback_asked", OLD."changed_because", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_because", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="f84af43f83b2b1805afeeefcd968563e9cb37d39",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_5d231",
                    table="safety_concernreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernreportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c720d7fce9a93ec37e6b3049c98064a0cc8108f2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1cf3a",
                    table="safety_concernreportevent",
                    when="BEFORE",
                ),
            ),
        ),
        composite_foreign_key(
            "concern_report_follows_school",
            "safety_concernreport",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
