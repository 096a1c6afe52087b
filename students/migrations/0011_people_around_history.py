"""Who changed what of the people around a pupil (docs/adr/0016)."""

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
        ("students", "0010_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonAroundEvent",
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_first_contact", models.BooleanField()),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personaround",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_personaroundevent" ("student_id", "kind", "starts_on", "ends_on", "is_first_contact", "added_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."kind", NEW."starts_on", NEW."ends_on", NEW."is_first_contact", NEW."added_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="3266ac83ff7922a5e10f59d6cf5d5c16420d7b49",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_e8eca",
                    table="students_personaround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personaround",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."helps_with" IS DISTINCT FROM (NEW."helps_with") OR OLD."how_to_reach" IS DISTINCT FROM (NEW."how_to_reach") OR OLD."is_first_contact" IS DISTINCT FROM (NEW."is_first_contact") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation" IS DISTINCT FROM (NEW."organisation") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "students_personaroundevent" ("student_id", "kind", "starts_on", "ends_on", "is_first_contact", "added_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."student_id", NEW."kind", NEW."starts_on", NEW."ends_on", NEW."is_first_contact", NEW."added_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."starts_on" IS DISTINCT FROM NEW."starts_on" THEN jsonb_build_object(\'starts_on\', OLD."starts_on") ELSE \'{}\' END || CASE WHEN OLD."ends_on" IS DISTINCT FROM NEW."ends_on" THEN jsonb_build_object(\'ends_on\', OLD."ends_on") ELSE \'{}\' END || CASE WHEN OLD."is_first_contact" IS DISTINCT FROM NEW."is_first_contact" THEN jsonb_build_object(\'is_first_contact\', OLD."is_first_contact") ELSE \'{}\' END || CASE WHEN OLD."added_by_id" IS DISTINCT FROM NEW."added_by_id" THEN jsonb_build_object(\'added_by\', OLD."added_by_id") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."role" IS DISTINCT FROM NEW."role" THEN jsonb_build_object(\'role\', null) ELSE \'{}\' END || CASE WHEN OLD."organisation" IS DISTINCT FROM NEW."organisation" THEN jsonb_build_object(\'organisation\', null) ELSE \'{}\' END || CASE WHEN OLD."helps_with" IS DISTINCT FROM NEW."helps_with" THEN jsonb_build_object(\'helps_with\', null) ELSE \'{}\' END || CASE WHEN OLD."phone" IS DISTINCT FROM NEW."phone" THEN jsonb_build_object(\'phone\', null) ELSE \'{}\' END || CASE WHEN OLD."email" IS DISTINCT FROM NEW."email" THEN jsonb_build_object(\'email\', null) ELSE \'{}\' END || CASE WHEN OLD."how_to_reach" IS DISTINCT FROM NEW."how_to_reach" THEN jsonb_build_object(\'how_to_reach\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="404af5d494c551aab948b3e15104f19c4f19a4d1",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_35f98",
                    table="students_personaround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personaround",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "students_personaroundevent" ("student_id", "kind", "starts_on", "ends_on", "is_first_contact", "added_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."student_id", OLD."kind", OLD."starts_on", OLD."ends_on", OLD."is_first_contact", OLD."added_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="95a6865329f7248d108dc692c0b364bb419521e5",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_103e7",
                    table="students_personaround",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="personaroundevent",
            name="added_by",
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
            model_name="personaroundevent",
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
            model_name="personaroundevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="students.personaround",
            ),
        ),
        migrations.AddField(
            model_name="personaroundevent",
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
        pgtrigger.migrations.AddTrigger(
            model_name="personaroundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9ada5f94327b571178de2c9024a9beeecd0cb6fb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b0e55",
                    table="students_personaroundevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
