"""Time without a pupil, and its history."""

import uuid
from decimal import Decimal

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
        ("supporters", "0002_history"),
        ("visits", "0019_supervision_topics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OtherTime",
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
                            ("team_meeting", "Team meeting"),
                            ("travel", "Travel"),
                            ("cover", "Standing in for staff"),
                            ("training", "Training"),
                            ("supervision", "Supervision"),
                            ("preparation", "Preparation"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="What was it?",
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="When?")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="How long?",
                    ),
                ),
                (
                    "travel_km",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=1,
                        default=Decimal("0"),
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="Travel, km",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "supporter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="other_time",
                        to="supporters.peersupporter",
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
                "verbose_name": "other time",
                "verbose_name_plural": "other time",
            },
        ),
        migrations.CreateModel(
            name="OtherTimeEvent",
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
                ("kind", models.CharField(max_length=16)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("travel_km", models.DecimalField(db_default=Decimal("0"), decimal_places=1, max_digits=4)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
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
                        to="visits.othertime",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supporters.peersupporter",
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
            model_name="othertime",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=["supporter_id", "-starts_at"],
                include=("minutes", "kind"),
                name="othertime_by_supporter",
            ),
        ),
        migrations.AddConstraint(
            model_name="othertime",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (1, 720))), name="othertime_lasts_twelve_hours_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="othertime",
            constraint=models.CheckConstraint(
                condition=models.Q(("travel_km__gte", 0)), name="othertime_travel_is_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="othertime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="othertime_withdrawn_has_who_and_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="othertime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_othertimeevent" ("supporter_id", "kind", "starts_at", "minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."supporter_id", NEW."kind", NEW."starts_at", NEW."minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="f668f4723ba30720a5f2ab14f742833c8ed2c5d0",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_9968e",
                    table="visits_othertime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="othertime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."travel_km" IS DISTINCT FROM (NEW."travel_km") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                    func='INSERT INTO "visits_othertimeevent" ("supporter_id", "kind", "starts_at", "minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."supporter_id", NEW."kind", NEW."starts_at", NEW."minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."starts_at" IS DISTINCT FROM NEW."starts_at" THEN jsonb_build_object(\'starts_at\', OLD."starts_at") ELSE \'{}\' END || CASE WHEN OLD."minutes" IS DISTINCT FROM NEW."minutes" THEN jsonb_build_object(\'minutes\', OLD."minutes") ELSE \'{}\' END || CASE WHEN OLD."travel_km" IS DISTINCT FROM NEW."travel_km" THEN jsonb_build_object(\'travel_km\', OLD."travel_km") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."note" IS DISTINCT FROM NEW."note" THEN jsonb_build_object(\'note\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="d1b6d09c9acae7d0512f3b24e2bfef288e975ec4",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_12831",
                    table="visits_othertime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="othertime",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_othertimeevent" ("supporter_id", "kind", "starts_at", "minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."supporter_id", OLD."kind", OLD."starts_at", OLD."minutes", OLD."travel_km", OLD."withdrawn_at", OLD."withdrawn_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="1a7d9357da507da502c84d6133bf29a978204d3b",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_48bf7",
                    table="visits_othertime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="othertimeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b7b76c9bb215c3a36d1ed1f8e849fed83cd263c0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_30ba3",
                    table="visits_othertimeevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
