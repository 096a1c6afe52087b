"""Which kinds of contact count as a meeting: history keeps what it was, not only that it was changed."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [("schools", "0014_school_break_history")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="organisation",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="organisation",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="organisation",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="uncounted_kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("home_visit", "Home visit"),
                        ("at_school", "At school"),
                        ("activity", "Walk or activity"),
                        ("accompany", "Going along"),
                        ("phone", "Phone"),
                        ("video", "Video call"),
                        ("message", "Text or chat"),
                        ("group", "Group"),
                        ("guardian_contact", "Guardian"),
                        ("staff_contact", "School staff"),
                        ("break_presence", "Break presence"),
                        ("drop_in", "Drop-in"),
                    ],
                    max_length=20,
                ),
                blank=True,
                db_default=["guardian_contact", "staff_contact"],
                size=None,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "uncounted_kinds", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."days_before_first_contact", NEW."counts_school_days", NEW."uncounted_kinds", NEW."students_per_full_time", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="e6cd691a789107297f55cc0697837307b9fe57e1",
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
                    condition='WHEN (OLD."counts_school_days" IS DISTINCT FROM (NEW."counts_school_days") OR OLD."days_before_first_contact" IS DISTINCT FROM (NEW."days_before_first_contact") OR OLD."days_without_contact" IS DISTINCT FROM (NEW."days_without_contact") OR OLD."hidden_codes" IS DISTINCT FROM (NEW."hidden_codes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."municipality_code" IS DISTINCT FROM (NEW."municipality_code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."students_per_full_time" IS DISTINCT FROM (NEW."students_per_full_time") OR OLD."target_group_many" IS DISTINCT FROM (NEW."target_group_many") OR OLD."target_group_one" IS DISTINCT FROM (NEW."target_group_one") OR OLD."uncounted_kinds" IS DISTINCT FROM (NEW."uncounted_kinds"))',
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "uncounted_kinds", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."days_before_first_contact", NEW."counts_school_days", NEW."uncounted_kinds", NEW."students_per_full_time", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."days_without_contact" IS DISTINCT FROM NEW."days_without_contact" THEN jsonb_build_object(\'days_without_contact\', OLD."days_without_contact") ELSE \'{}\' END || CASE WHEN OLD."days_before_first_contact" IS DISTINCT FROM NEW."days_before_first_contact" THEN jsonb_build_object(\'days_before_first_contact\', OLD."days_before_first_contact") ELSE \'{}\' END || CASE WHEN OLD."counts_school_days" IS DISTINCT FROM NEW."counts_school_days" THEN jsonb_build_object(\'counts_school_days\', OLD."counts_school_days") ELSE \'{}\' END || CASE WHEN OLD."uncounted_kinds" IS DISTINCT FROM NEW."uncounted_kinds" THEN jsonb_build_object(\'uncounted_kinds\', OLD."uncounted_kinds") ELSE \'{}\' END || CASE WHEN OLD."students_per_full_time" IS DISTINCT FROM NEW."students_per_full_time" THEN jsonb_build_object(\'students_per_full_time\', OLD."students_per_full_time") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."number" IS DISTINCT FROM NEW."number" THEN jsonb_build_object(\'number\', null) ELSE \'{}\' END || CASE WHEN OLD."municipality_code" IS DISTINCT FROM NEW."municipality_code" THEN jsonb_build_object(\'municipality_code\', null) ELSE \'{}\' END || CASE WHEN OLD."hidden_codes" IS DISTINCT FROM NEW."hidden_codes" THEN jsonb_build_object(\'hidden_codes\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_one" IS DISTINCT FROM NEW."target_group_one" THEN jsonb_build_object(\'target_group_one\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_many" IS DISTINCT FROM NEW."target_group_many" THEN jsonb_build_object(\'target_group_many\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="eb32406134e3cafe6489dfd60fc86ffa88006f21",
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
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "uncounted_kinds", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."kind", OLD."days_without_contact", OLD."days_before_first_contact", OLD."counts_school_days", OLD."uncounted_kinds", OLD."students_per_full_time", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="1f5bca79ca1e2fcc9fab43e5366f3426cb14dd68",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_1ac78",
                    table="schools_organisation",
                    when="AFTER",
                ),
            ),
        ),
    ]
