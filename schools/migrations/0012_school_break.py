"""When a pupil is long since met, as the organisation counts it, and the breaks that it leaves out."""

import datetime
import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import peersupport.lib.history.triggers
import schools.models.places


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0011_library_link"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolBreak",
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
                            ("autumn", "autumn break"),
                            ("christmas", "Christmas break"),
                            ("winter", "winter break"),
                            ("easter", "Easter break"),
                            ("summer", "summer break"),
                            ("other", "other days off"),
                        ],
                        max_length=10,
                        verbose_name="Which break?",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="First day off")),
                ("last_on", models.DateField(verbose_name="Last day off")),
            ],
            options={
                "verbose_name": "school break",
                "verbose_name_plural": "school breaks",
                "ordering": ["first_on", "pk"],
            },
        ),
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
            model_name="organisation",
            name="counts_school_days",
            field=models.BooleanField(db_default=False, default=True, verbose_name="count school days only"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="days_before_first_contact",
            field=models.PositiveSmallIntegerField(
                db_default=5,
                default=5,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="days before the first meeting",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
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
                default=schools.models.places.without_the_pupil,
                size=None,
                verbose_name="kinds of contact that are no meeting",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="counts_school_days",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="days_before_first_contact",
            field=models.PositiveSmallIntegerField(db_default=5),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="days_without_contact",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="days without a meeting before a pupil is listed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."days_before_first_contact", NEW."counts_school_days", NEW."students_per_full_time", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7147a8e3aabc7fc5cf5971cbb67eaa1e6a34eefa",
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
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."kind", NEW."days_without_contact", NEW."days_before_first_contact", NEW."counts_school_days", NEW."students_per_full_time", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."days_without_contact" IS DISTINCT FROM NEW."days_without_contact" THEN jsonb_build_object(\'days_without_contact\', OLD."days_without_contact") ELSE \'{}\' END || CASE WHEN OLD."days_before_first_contact" IS DISTINCT FROM NEW."days_before_first_contact" THEN jsonb_build_object(\'days_before_first_contact\', OLD."days_before_first_contact") ELSE \'{}\' END || CASE WHEN OLD."counts_school_days" IS DISTINCT FROM NEW."counts_school_days" THEN jsonb_build_object(\'counts_school_days\', OLD."counts_school_days") ELSE \'{}\' END || CASE WHEN OLD."students_per_full_time" IS DISTINCT FROM NEW."students_per_full_time" THEN jsonb_build_object(\'students_per_full_time\', OLD."students_per_full_time") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."number" IS DISTINCT FROM NEW."number" THEN jsonb_build_object(\'number\', null) ELSE \'{}\' END || CASE WHEN OLD."municipality_code" IS DISTINCT FROM NEW."municipality_code" THEN jsonb_build_object(\'municipality_code\', null) ELSE \'{}\' END || CASE WHEN OLD."hidden_codes" IS DISTINCT FROM NEW."hidden_codes" THEN jsonb_build_object(\'hidden_codes\', null) ELSE \'{}\' END || CASE WHEN OLD."uncounted_kinds" IS DISTINCT FROM NEW."uncounted_kinds" THEN jsonb_build_object(\'uncounted_kinds\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_one" IS DISTINCT FROM NEW."target_group_one" THEN jsonb_build_object(\'target_group_one\', null) ELSE \'{}\' END || CASE WHEN OLD."target_group_many" IS DISTINCT FROM NEW."target_group_many" THEN jsonb_build_object(\'target_group_many\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="16eef61e5355494cf8a83570b57c2633efcca37a",
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
                    func='INSERT INTO "schools_organisationevent" ("kind", "days_without_contact", "days_before_first_contact", "counts_school_days", "students_per_full_time", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."kind", OLD."days_without_contact", OLD."days_before_first_contact", OLD."counts_school_days", OLD."students_per_full_time", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7b401bbbeaec037448c293a01dc5e61ea7d86c7d",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_1ac78",
                    table="schools_organisation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="schoolbreak",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="school_breaks",
                to="schools.organisation",
            ),
        ),
        migrations.AddField(
            model_name="schoolbreak",
            name="school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
                verbose_name="School",
            ),
        ),
        migrations.AddIndex(
            model_name="schoolbreak",
            index=models.Index(fields=["organisation_id", "last_on"], name="school_break_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="schoolbreak",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))),
                name="school_break_ends_after_start",
                violation_error_message="The last day cannot be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolbreak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last_on__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("first_on"), "+", models.Value(datetime.timedelta(days=100))
                        ),
                    )
                ),
                name="school_break_lasts_at_most_a_hundred_days",
                violation_error_message="A break lasts a hundred days at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolbreak",
            constraint=models.UniqueConstraint(
                fields=("organisation", "school", "kind", "first_on"),
                name="school_break_is_there_once",
                nulls_distinct=False,
                violation_error_message="This break is in the calendar already.",
            ),
        ),
    ]
