"""Heads are counted at a school; of earlier ones it is the only one where the supporter was placed that day."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers

# Who was at two schools that day is asked when the number is corrected; nobody guesses. The checks of the new
# foreign key are made at once, or the table could not be changed any more in the same transaction.
FILL = """
update visits_contact c set school_id = p.school_id
  from (select h.id, min(l.school_id) as school_id
          from visits_contact h join supporters_placement l on l.supporter_id = h.supporter_id
           and (h.occurred_at at time zone 'Europe/Stockholm')::date >= l.starts_on
           and (l.ends_on is null or (h.occurred_at at time zone 'Europe/Stockholm')::date <= l.ends_on)
         where h.head_count is not null
         group by h.id having count(distinct l.school_id) = 1) p
 where p.id = c.id and c.school_id is null;
set constraints all immediate;
set constraints all deferred;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0013_tied_school_break"),
        ("supporters", "0002_history"),
        ("visits", "0023_group_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="contact",
            name="school",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
                verbose_name="school",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("school__isnull", False)),
                fields=["school_id", "-occurred_at"],
                name="contact_heads_by_school",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "school_id", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."topics", NEW."local_topics", NEW."is_planned", NEW."head_count", NEW."school_id", NEW."travel_minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="44f6e31305d75726ac84946cf162be44d39e361e",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b5b1a",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."head_count" IS DISTINCT FROM (NEW."head_count") OR OLD."is_planned" IS DISTINCT FROM (NEW."is_planned") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."local_kind_id" IS DISTINCT FROM (NEW."local_kind_id") OR OLD."local_mode_id" IS DISTINCT FROM (NEW."local_mode_id") OR OLD."local_topics" IS DISTINCT FROM (NEW."local_topics") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."topics" IS DISTINCT FROM (NEW."topics") OR OLD."travel_km" IS DISTINCT FROM (NEW."travel_km") OR OLD."travel_minutes" IS DISTINCT FROM (NEW."travel_minutes") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason") OR OLD."withdrawn_words" IS DISTINCT FROM (NEW."withdrawn_words"))',
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "school_id", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."topics", NEW."local_topics", NEW."is_planned", NEW."head_count", NEW."school_id", NEW."travel_minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."local_kind_id" IS DISTINCT FROM NEW."local_kind_id" THEN jsonb_build_object(\'local_kind\', OLD."local_kind_id") ELSE \'{}\' END || CASE WHEN OLD."mode" IS DISTINCT FROM NEW."mode" THEN jsonb_build_object(\'mode\', OLD."mode") ELSE \'{}\' END || CASE WHEN OLD."local_mode_id" IS DISTINCT FROM NEW."local_mode_id" THEN jsonb_build_object(\'local_mode\', OLD."local_mode_id") ELSE \'{}\' END || CASE WHEN OLD."occurred_at" IS DISTINCT FROM NEW."occurred_at" THEN jsonb_build_object(\'occurred_at\', OLD."occurred_at") ELSE \'{}\' END || CASE WHEN OLD."minutes" IS DISTINCT FROM NEW."minutes" THEN jsonb_build_object(\'minutes\', OLD."minutes") ELSE \'{}\' END || CASE WHEN OLD."topics" IS DISTINCT FROM NEW."topics" THEN jsonb_build_object(\'topics\', OLD."topics") ELSE \'{}\' END || CASE WHEN OLD."local_topics" IS DISTINCT FROM NEW."local_topics" THEN jsonb_build_object(\'local_topics\', OLD."local_topics") ELSE \'{}\' END || CASE WHEN OLD."is_planned" IS DISTINCT FROM NEW."is_planned" THEN jsonb_build_object(\'is_planned\', OLD."is_planned") ELSE \'{}\' END || CASE WHEN OLD."head_count" IS DISTINCT FROM NEW."head_count" THEN jsonb_build_object(\'head_count\', OLD."head_count") ELSE \'{}\' END || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."travel_minutes" IS DISTINCT FROM NEW."travel_minutes" THEN jsonb_build_object(\'travel_minutes\', OLD."travel_minutes") ELSE \'{}\' END || CASE WHEN OLD."travel_km" IS DISTINCT FROM NEW."travel_km" THEN jsonb_build_object(\'travel_km\', OLD."travel_km") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_reason" IS DISTINCT FROM NEW."withdrawn_reason" THEN jsonb_build_object(\'withdrawn_reason\', OLD."withdrawn_reason") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."withdrawn_words" IS DISTINCT FROM NEW."withdrawn_words" THEN jsonb_build_object(\'withdrawn_words\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="19bbf2f28cade93f3f382ed1fd7bfd0da0eab937",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_812f1",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "school_id", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."author_id", OLD."supporter_id", OLD."kind", OLD."local_kind_id", OLD."mode", OLD."local_mode_id", OLD."occurred_at", OLD."minutes", OLD."topics", OLD."local_topics", OLD."is_planned", OLD."head_count", OLD."school_id", OLD."travel_minutes", OLD."travel_km", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="de949f7232909cc8d882d0b788db43e8dc6bcd2b",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_079f8",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("school__isnull", True), ("head_count__isnull", False), _connector="OR"),
                name="contact_at_a_school_counts_heads",
            ),
        ),
    ]
