"""What happened to somebody at work, and its history."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0011_concern_reports"),
        ("schools", "0013_tied_school_break"),
        ("supporters", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentReport",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("threat", "Threat"),
                            ("violence", "Violence"),
                            ("near_miss", "It could have ended badly"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="What was it?",
                    ),
                ),
                ("is_serious", models.BooleanField(default=False, verbose_name="It was serious")),
                ("happened_at", models.DateTimeField(verbose_name="When?")),
                ("what", models.TextField(max_length=2000, verbose_name="What happened?")),
                ("helped", models.TextField(blank=True, max_length=2000, verbose_name="What helped?")),
                (
                    "needed",
                    models.TextField(blank=True, max_length=2000, verbose_name="What do you need now?"),
                ),
                (
                    "measures",
                    models.TextField(blank=True, max_length=2000, verbose_name="What is done about it?"),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.organisation",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supporters.peersupporter",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="safety.homevisit",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
            },
        ),
        migrations.CreateModel(
            name="IncidentReportEvent",
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
                ("is_serious", models.BooleanField()),
                ("happened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
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
                    "closed_by",
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
                        to="safety.incidentreport",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supporters.peersupporter",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.homevisit",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="incidentreport",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation_id", "happened_at"],
                name="incident_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("measures", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="incident_closed_has_who_when_and_measures",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("visit__isnull", True), ("supporter__isnull", False), _connector="OR"),
                name="incident_of_a_visit_is_its_supporters",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_incidentreportevent" ("organisation_id", "author_id", "supporter_id", "visit_id", "kind", "is_serious", "happened_at", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."author_id", NEW."supporter_id", NEW."visit_id", NEW."kind", NEW."is_serious", NEW."happened_at", NEW."closed_at", NEW."closed_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="6ae1467f92899112ba2910c8766aa31436ccd362",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_4bf6e",
                    table="safety_incidentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."happened_at" IS DISTINCT FROM (NEW."happened_at") OR OLD."helped" IS DISTINCT FROM (NEW."helped") OR OLD."is_serious" IS DISTINCT FROM (NEW."is_serious") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."measures" IS DISTINCT FROM (NEW."measures") OR OLD."needed" IS DISTINCT FROM (NEW."needed") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."visit_id" IS DISTINCT FROM (NEW."visit_id") OR OLD."what" IS DISTINCT FROM (NEW."what"))',
                    func='INSERT INTO "safety_incidentreportevent" ("organisation_id", "author_id", "supporter_id", "visit_id", "kind", "is_serious", "happened_at", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."author_id", NEW."supporter_id", NEW."visit_id", NEW."kind", NEW."is_serious", NEW."happened_at", NEW."closed_at", NEW."closed_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."visit_id" IS DISTINCT FROM NEW."visit_id" THEN jsonb_build_object(\'visit\', OLD."visit_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."is_serious" IS DISTINCT FROM NEW."is_serious" THEN jsonb_build_object(\'is_serious\', OLD."is_serious") ELSE \'{}\' END || CASE WHEN OLD."happened_at" IS DISTINCT FROM NEW."happened_at" THEN jsonb_build_object(\'happened_at\', OLD."happened_at") ELSE \'{}\' END || CASE WHEN OLD."closed_at" IS DISTINCT FROM NEW."closed_at" THEN jsonb_build_object(\'closed_at\', OLD."closed_at") ELSE \'{}\' END || CASE WHEN OLD."closed_by_id" IS DISTINCT FROM NEW."closed_by_id" THEN jsonb_build_object(\'closed_by\', OLD."closed_by_id") ELSE \'{}\' END || CASE WHEN OLD."what" IS DISTINCT FROM NEW."what" THEN jsonb_build_object(\'what\', null) ELSE \'{}\' END || CASE WHEN OLD."helped" IS DISTINCT FROM NEW."helped" THEN jsonb_build_object(\'helped\', null) ELSE \'{}\' END || CASE WHEN OLD."needed" IS DISTINCT FROM NEW."needed" THEN jsonb_build_object(\'needed\', null) ELSE \'{}\' END || CASE WHEN OLD."measures" IS DISTINCT FROM NEW."measures" THEN jsonb_build_object(\'measures\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d189390df53931ce8bec78516105eabbaf5d9222",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_778d5",
                    table="safety_incidentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "safety_incidentreportevent" ("organisation_id", "author_id", "supporter_id", "visit_id", "kind", "is_serious", "happened_at", "closed_at", "closed_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."author_id", OLD."supporter_id", OLD."visit_id", OLD."kind", OLD."is_serious", OLD."happened_at", OLD."closed_at", OLD."closed_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="2845da6b898bd93495a7f22f1caaa127f187d39c",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_995cb",
                    table="safety_incidentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentreportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="15d87ad099084afd0d1ed8f8d8dd6216b3e86590",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_633a0",
                    table="safety_incidentreportevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
