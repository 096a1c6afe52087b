"""A group has a last day: when, by whom and why it ended."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0013_tied_school_break"),
        ("visits", "0022_busy_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupseries",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupseries",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="groupseries",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="groupseries",
            name="end_note",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="A few words"),
        ),
        migrations.AddField(
            model_name="groupseries",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("term", "The term or the period is over"),
                    ("done", "It has done what it was for"),
                    ("few", "Too few come"),
                    ("us", "We cannot hold it any more"),
                    ("other", "Something else"),
                ],
                db_default="",
                max_length=10,
                verbose_name="Why?",
            ),
        ),
        migrations.AddField(
            model_name="groupseries",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="groupseries",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="groupseries",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="last day"),
        ),
        migrations.AddField(
            model_name="groupseriesevent",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", max_length=10),
        ),
        migrations.AddField(
            model_name="groupseriesevent",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="groupseriesevent",
            name="ended_by",
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
            model_name="groupseriesevent",
            name="ended_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="groupdate",
            name="cancelled_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("us", "We cannot hold it"),
                    ("school", "The school asked for it"),
                    ("other", "Something else came in between"),
                    ("ended", "The group has ended"),
                ],
                max_length=10,
                verbose_name="Why?",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupseries",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "ended_on", "ended_at", "ended_by_id", "end_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."made_by_id", NEW."ended_on", NEW."ended_at", NEW."ended_by_id", NEW."end_reason", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="e1fe2000cb9b158b3996d3cfd923c5f7f43777b4",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_6c174",
                    table="visits_groupseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupseries",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."end_note" IS DISTINCT FROM (NEW."end_note") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id"))',
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "ended_on", "ended_at", "ended_by_id", "end_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."made_by_id", NEW."ended_on", NEW."ended_at", NEW."ended_by_id", NEW."end_reason", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."ended_on" IS DISTINCT FROM NEW."ended_on" THEN jsonb_build_object(\'ended_on\', OLD."ended_on") ELSE \'{}\' END || CASE WHEN OLD."ended_at" IS DISTINCT FROM NEW."ended_at" THEN jsonb_build_object(\'ended_at\', OLD."ended_at") ELSE \'{}\' END || CASE WHEN OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" THEN jsonb_build_object(\'ended_by\', OLD."ended_by_id") ELSE \'{}\' END || CASE WHEN OLD."end_reason" IS DISTINCT FROM NEW."end_reason" THEN jsonb_build_object(\'end_reason\', OLD."end_reason") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."end_note" IS DISTINCT FROM NEW."end_note" THEN jsonb_build_object(\'end_note\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="81ae584d0690c6e6b939f68a8113e48b73c78e40",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_7084a",
                    table="visits_groupseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupseries",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "ended_on", "ended_at", "ended_by_id", "end_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."school_id", OLD."made_by_id", OLD."ended_on", OLD."ended_at", OLD."ended_by_id", OLD."end_reason", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="e674db27dfa2d0c16359eecefcdf1f4434475cc3",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_74689",
                    table="visits_groupseries",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ended_on__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("end_reason", ""),
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                        ("ended_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="groupseries_ended_has_last_day_who_when_and_why",
            ),
        ),
    ]
