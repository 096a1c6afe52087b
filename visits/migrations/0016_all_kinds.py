"""What a contact of any kind can say: heads, topics, travel, and what it was good for."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0010_all_kinds"),
        ("students", "0011_people_around_history"),
        ("supporters", "0002_history"),
        ("visits", "0015_booking_and_task_history"),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="participation",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participation",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participation",
            name="history_delete",
        ),
        migrations.AddField(
            model_name="contact",
            name="head_count",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(999)],
                verbose_name="How many were there?",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="is_planned",
            field=models.BooleanField(db_default=True, default=True, verbose_name="Planned"),
        ),
        migrations.AddField(
            model_name="contact",
            name="local_topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("talk", "talked"),
                        ("walk", "went for a walk"),
                        ("move", "exercised or played sports"),
                        ("play", "played a game"),
                        ("make", "made or created something"),
                        ("meal", "ate or had a break together"),
                        ("outing", "tried something new in town"),
                        ("schoolwork", "did schoolwork"),
                        ("way_to_school", "practised the way to school"),
                        ("be_at_school", "were at school together"),
                        ("everyday", "sorted out things at home"),
                        ("applications", "filled in forms or called an authority"),
                        ("planning", "planned what comes next"),
                    ],
                    max_length=16,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="What did you do?",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="travel_km",
            field=models.DecimalField(
                db_default=Decimal("0"),
                decimal_places=1,
                default=Decimal("0"),
                max_digits=4,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="Travel, km",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="travel_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                validators=[django.core.validators.MaxValueValidator(720)],
                verbose_name="Travel, minutes",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="head_count",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="is_planned",
            field=models.BooleanField(db_default=True),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="local_topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], size=None
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("talk", "talked"),
                        ("walk", "went for a walk"),
                        ("move", "exercised or played sports"),
                        ("play", "played a game"),
                        ("make", "made or created something"),
                        ("meal", "ate or had a break together"),
                        ("outing", "tried something new in town"),
                        ("schoolwork", "did schoolwork"),
                        ("way_to_school", "practised the way to school"),
                        ("be_at_school", "were at school together"),
                        ("everyday", "sorted out things at home"),
                        ("applications", "filled in forms or called an authority"),
                        ("planning", "planned what comes next"),
                    ],
                    max_length=16,
                ),
                blank=True,
                db_default=[],
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="travel_km",
            field=models.DecimalField(db_default=Decimal("0"), decimal_places=1, max_digits=4),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="travel_minutes",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="participation",
            name="local_purposes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="purposes",
            field=django.contrib.postgres.fields.ArrayField(
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
                db_default=[],
                default=list,
                size=None,
                verbose_name="purposes",
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="local_purposes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], size=None
            ),
        ),
        migrations.AddField(
            model_name="participationevent",
            name="purposes",
            field=django.contrib.postgres.fields.ArrayField(
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
                db_default=[],
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="booking",
            name="kind",
            field=models.CharField(
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
                verbose_name="What is it?",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="kind",
            field=models.CharField(
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
                verbose_name="What was it?",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="kind",
            field=models.CharField(
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
                editable=False,
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."topics", NEW."local_topics", NEW."is_planned", NEW."head_count", NEW."travel_minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="107ed05c139997f4b46a91a826ee351b234b5f3c",
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
                    condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."head_count" IS DISTINCT FROM (NEW."head_count") OR OLD."is_planned" IS DISTINCT FROM (NEW."is_planned") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."local_kind_id" IS DISTINCT FROM (NEW."local_kind_id") OR OLD."local_mode_id" IS DISTINCT FROM (NEW."local_mode_id") OR OLD."local_topics" IS DISTINCT FROM (NEW."local_topics") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."supporter_id" IS DISTINCT FROM (NEW."supporter_id") OR OLD."topics" IS DISTINCT FROM (NEW."topics") OR OLD."travel_km" IS DISTINCT FROM (NEW."travel_km") OR OLD."travel_minutes" IS DISTINCT FROM (NEW."travel_minutes") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id") OR OLD."withdrawn_reason" IS DISTINCT FROM (NEW."withdrawn_reason") OR OLD."withdrawn_words" IS DISTINCT FROM (NEW."withdrawn_words"))',
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."author_id", NEW."supporter_id", NEW."kind", NEW."local_kind_id", NEW."mode", NEW."local_mode_id", NEW."occurred_at", NEW."minutes", NEW."topics", NEW."local_topics", NEW."is_planned", NEW."head_count", NEW."travel_minutes", NEW."travel_km", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."author_id" IS DISTINCT FROM NEW."author_id" THEN jsonb_build_object(\'author\', OLD."author_id") ELSE \'{}\' END || CASE WHEN OLD."supporter_id" IS DISTINCT FROM NEW."supporter_id" THEN jsonb_build_object(\'supporter\', OLD."supporter_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."local_kind_id" IS DISTINCT FROM NEW."local_kind_id" THEN jsonb_build_object(\'local_kind\', OLD."local_kind_id") ELSE \'{}\' END || CASE WHEN OLD."mode" IS DISTINCT FROM NEW."mode" THEN jsonb_build_object(\'mode\', OLD."mode") ELSE \'{}\' END || CASE WHEN OLD."local_mode_id" IS DISTINCT FROM NEW."local_mode_id" THEN jsonb_build_object(\'local_mode\', OLD."local_mode_id") ELSE \'{}\' END || CASE WHEN OLD."occurred_at" IS DISTINCT FROM NEW."occurred_at" THEN jsonb_build_object(\'occurred_at\', OLD."occurred_at") ELSE \'{}\' END || CASE WHEN OLD."minutes" IS DISTINCT FROM NEW."minutes" THEN jsonb_build_object(\'minutes\', OLD."minutes") ELSE \'{}\' END || CASE WHEN OLD."topics" IS DISTINCT FROM NEW."topics" THEN jsonb_build_object(\'topics\', OLD."topics") ELSE \'{}\' END || CASE WHEN OLD."local_topics" IS DISTINCT FROM NEW."local_topics" THEN jsonb_build_object(\'local_topics\', OLD."local_topics") ELSE \'{}\' END || CASE WHEN OLD."is_planned" IS DISTINCT FROM NEW."is_planned" THEN jsonb_build_object(\'is_planned\', OLD."is_planned") ELSE \'{}\' END || CASE WHEN OLD."head_count" IS DISTINCT FROM NEW."head_count" THEN jsonb_build_object(\'head_count\', OLD."head_count") ELSE \'{}\' END || CASE WHEN OLD."travel_minutes" IS DISTINCT FROM NEW."travel_minutes" THEN jsonb_build_object(\'travel_minutes\', OLD."travel_minutes") ELSE \'{}\' END || CASE WHEN OLD."travel_km" IS DISTINCT FROM NEW."travel_km" THEN jsonb_build_object(\'travel_km\', OLD."travel_km") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_reason" IS DISTINCT FROM NEW."withdrawn_reason" THEN jsonb_build_object(\'withdrawn_reason\', OLD."withdrawn_reason") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."withdrawn_words" IS DISTINCT FROM NEW."withdrawn_words" THEN jsonb_build_object(\'withdrawn_words\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="6cea343acb64127c7f0a63fd409265aa8e828ade",
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
                    func='INSERT INTO "visits_contactevent" ("author_id", "supporter_id", "kind", "local_kind_id", "mode", "local_mode_id", "occurred_at", "minutes", "topics", "local_topics", "is_planned", "head_count", "travel_minutes", "travel_km", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."author_id", OLD."supporter_id", OLD."kind", OLD."local_kind_id", OLD."mode", OLD."local_mode_id", OLD."occurred_at", OLD."minutes", OLD."topics", OLD."local_topics", OLD."is_planned", OLD."head_count", OLD."travel_minutes", OLD."travel_km", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="5dacd85d3307a4f262ff6ec988e416ec16d35d95",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_079f8",
                    table="visits_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "purposes", "local_purposes", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", NEW."purposes", NEW."local_purposes", NEW."step_done_at", NEW."step_done_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="625e6035d1ea94b4b8d8ad1f3d96641ec8d801b6",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_b2ace",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."local_purposes" IS DISTINCT FROM (NEW."local_purposes") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."purposes" IS DISTINCT FROM (NEW."purposes") OR OLD."step_done_at" IS DISTINCT FROM (NEW."step_done_at") OR OLD."step_done_by_id" IS DISTINCT FROM (NEW."step_done_by_id") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "purposes", "local_purposes", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."contact_id", NEW."student_id", NEW."case_id", NEW."outcome", NEW."purposes", NEW."local_purposes", NEW."step_done_at", NEW."step_done_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."contact_id" IS DISTINCT FROM NEW."contact_id" THEN jsonb_build_object(\'contact\', OLD."contact_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."case_id" IS DISTINCT FROM NEW."case_id" THEN jsonb_build_object(\'case\', OLD."case_id") ELSE \'{}\' END || CASE WHEN OLD."outcome" IS DISTINCT FROM NEW."outcome" THEN jsonb_build_object(\'outcome\', OLD."outcome") ELSE \'{}\' END || CASE WHEN OLD."purposes" IS DISTINCT FROM NEW."purposes" THEN jsonb_build_object(\'purposes\', OLD."purposes") ELSE \'{}\' END || CASE WHEN OLD."local_purposes" IS DISTINCT FROM NEW."local_purposes" THEN jsonb_build_object(\'local_purposes\', OLD."local_purposes") ELSE \'{}\' END || CASE WHEN OLD."step_done_at" IS DISTINCT FROM NEW."step_done_at" THEN jsonb_build_object(\'step_done_at\', OLD."step_done_at") ELSE \'{}\' END || CASE WHEN OLD."step_done_by_id" IS DISTINCT FROM NEW."step_done_by_id" THEN jsonb_build_object(\'step_done_by\', OLD."step_done_by_id") ELSE \'{}\' END || CASE WHEN OLD."next_step" IS DISTINCT FROM NEW."next_step" THEN jsonb_build_object(\'next_step\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="602c4e9bea54938054716c795810ce0549c3acfb",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_9b8f7",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participation",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_participationevent" ("contact_id", "student_id", "case_id", "outcome", "purposes", "local_purposes", "step_done_at", "step_done_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."contact_id", OLD."student_id", OLD."case_id", OLD."outcome", OLD."purposes", OLD."local_purposes", OLD."step_done_at", OLD."step_done_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="425db6d2477e5733af2e08b705d3111f374dc9b5",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_2409b",
                    table="visits_participation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("head_count__isnull", False),
                        ("head_count__lte", 999),
                        ("kind__in", ("break_presence", "drop_in")),
                    ),
                    models.Q(
                        models.Q(("kind__in", ("break_presence", "drop_in")), _negated=True),
                        ("head_count__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="contact_without_names_counts_heads",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("travel_km__gte", 0), ("travel_minutes__lte", 720)),
                name="contact_travel_is_a_day_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("local_topics__len__lte", 3), ("topics__len__lte", 3)),
                name="contact_has_a_few_topics",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("break_presence", "drop_in")), _negated=True),
                name="participation_is_of_a_kind_with_names",
            ),
        ),
    ]
