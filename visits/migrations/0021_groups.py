"""Groups: series, leaders, dates, participants, and what tells of them."""

import datetime
import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import peersupport.lib.dates
import peersupport.lib.history.triggers
from peersupport.lib.migrations import composite_foreign_key

SERIES = ("visits_groupseries", ("id", "school_id"))
DATE = ("visits_groupdate", ("id", "school_id"))
STUDENT = ("students_student", ("id", "school_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0010_all_kinds"),
        ("students", "0011_people_around_history"),
        ("visits", "0020_other_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupDate",
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
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Where?")),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "planned"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("moved_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("us", "We cannot hold it"),
                            ("school", "The school asked for it"),
                            ("other", "Something else came in between"),
                        ],
                        max_length=10,
                        verbose_name="Why?",
                    ),
                ),
                ("cancel_note", models.CharField(blank=True, max_length=200, verbose_name="A few words")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "date of a group",
                "verbose_name_plural": "dates of groups",
            },
        ),
        migrations.CreateModel(
            name="GroupContact",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="group_contact",
                        serialize=False,
                        to="visits.contact",
                    ),
                ),
                ("school_id", models.BigIntegerField(editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="visits.groupdate",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of a group",
                "verbose_name_plural": "contacts of groups",
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
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
                ("starts_on", models.DateField(default=peersupport.lib.dates.today, verbose_name="from")),
                ("ends_on", models.DateField(null=True, verbose_name="last day")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_memberships",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant of a group",
                "verbose_name_plural": "participants of groups",
            },
        ),
        migrations.CreateModel(
            name="GroupNotice",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="group_notice",
                        serialize=False,
                        to="visits.task",
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="notices",
                        to="visits.groupdate",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a group",
                "verbose_name_plural": "notices of groups",
            },
        ),
        migrations.CreateModel(
            name="GroupSeries",
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
                ("name", models.CharField(max_length=60, verbose_name="What is the group called?")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Where?")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_series",
                        to="schools.school",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
            },
        ),
        migrations.CreateModel(
            name="GroupMemberEvent",
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                    "ended_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
                        to="visits.groupmember",
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
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="visits.groupseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="groupmember",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="visits.groupseries"
            ),
        ),
        migrations.CreateModel(
            name="GroupLeader",
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
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="visits.groupseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "leader of a group",
                "verbose_name_plural": "leaders of groups",
            },
        ),
        migrations.CreateModel(
            name="GroupDateEvent",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("status", models.CharField(max_length=10)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_because", models.CharField(blank=True, max_length=10)),
                ("moved_at", models.DateTimeField(null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
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
                    "moved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
                        to="visits.groupdate",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="visits.groupseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="groupdate",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="dates", to="visits.groupseries"
            ),
        ),
        migrations.CreateModel(
            name="GroupSeriesEvent",
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
                (
                    "made_by",
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
                        to="visits.groupseries",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="groupseries",
            constraint=models.UniqueConstraint(fields=("id", "school"), name="groupseries_and_school"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupseries",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."made_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="cdfae6752a2a04ddab9baad3ac3b421b673bcb63",
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
                    condition='WHEN (OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id"))',
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."school_id", NEW."made_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."school_id" IS DISTINCT FROM NEW."school_id" THEN jsonb_build_object(\'school\', OLD."school_id") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."name" IS DISTINCT FROM NEW."name" THEN jsonb_build_object(\'name\', null) ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="b43458128db2225124932526d240cfe94326f959",
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
                    func='INSERT INTO "visits_groupseriesevent" ("school_id", "made_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."school_id", OLD."made_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="99a1abfb85a2334a94c19d5dd4789176514574b3",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_74689",
                    table="visits_groupseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmemberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77506500f9c6993ade0b514b6f49cfd4bba28c1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4b72c",
                    table="visits_groupmemberevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="groupmember",
            index=models.Index(fields=["student_id", "starts_on"], name="groupmember_by_student"),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("series", "student"),
                name="groupmember_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True), ("ended_by__isnull", True), ("ends_on__isnull", True)
                    ),
                    models.Q(
                        ("ended_at__isnull", False), ("ended_by__isnull", False), ("ends_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="groupmember_left_has_who_and_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupmemberevent" ("series_id", "student_id", "starts_on", "ends_on", "added_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."series_id", NEW."student_id", NEW."starts_on", NEW."ends_on", NEW."added_by_id", NEW."ended_at", NEW."ended_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="c22abeddc364fdad969a2d78eba8c6206b6943bb",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_c4958",
                    table="visits_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))',
                    func='INSERT INTO "visits_groupmemberevent" ("series_id", "student_id", "starts_on", "ends_on", "added_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."series_id", NEW."student_id", NEW."starts_on", NEW."ends_on", NEW."added_by_id", NEW."ended_at", NEW."ended_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."series_id" IS DISTINCT FROM NEW."series_id" THEN jsonb_build_object(\'series\', OLD."series_id") ELSE \'{}\' END || CASE WHEN OLD."student_id" IS DISTINCT FROM NEW."student_id" THEN jsonb_build_object(\'student\', OLD."student_id") ELSE \'{}\' END || CASE WHEN OLD."starts_on" IS DISTINCT FROM NEW."starts_on" THEN jsonb_build_object(\'starts_on\', OLD."starts_on") ELSE \'{}\' END || CASE WHEN OLD."ends_on" IS DISTINCT FROM NEW."ends_on" THEN jsonb_build_object(\'ends_on\', OLD."ends_on") ELSE \'{}\' END || CASE WHEN OLD."added_by_id" IS DISTINCT FROM NEW."added_by_id" THEN jsonb_build_object(\'added_by\', OLD."added_by_id") ELSE \'{}\' END || CASE WHEN OLD."ended_at" IS DISTINCT FROM NEW."ended_at" THEN jsonb_build_object(\'ended_at\', OLD."ended_at") ELSE \'{}\' END || CASE WHEN OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" THEN jsonb_build_object(\'ended_by\', OLD."ended_by_id") ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="27610a2279164fada8e3d8585cdd0050a8004dba",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d5690",
                    table="visits_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupmemberevent" ("series_id", "student_id", "starts_on", "ends_on", "added_by_id", "ended_at", "ended_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."series_id", OLD."student_id", OLD."starts_on", OLD."ends_on", OLD."added_by_id", OLD."ended_at", OLD."ended_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0fb4f38e13bcc02a55d89b735a4369f2953c401f",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_f5a26",
                    table="visits_groupmember",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupleader",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("series", "user"),
                name="groupleader_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupleader",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="groupleader_ended_has_who_and_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupdateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c71c9bced347cd46245f76effffb5fa649edb6ff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6a53d",
                    table="visits_groupdateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="groupdate",
            index=models.Index(fields=["school_id", "starts_at"], name="groupdate_by_school"),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="groupdate_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts_at"), "+", models.Value(datetime.timedelta(seconds=43200))
                        ),
                    )
                ),
                name="groupdate_lasts_at_most_twelve_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancelled_at__isnull", False),
                        ("cancelled_by__isnull", False),
                        ("status", "cancelled"),
                        models.Q(("cancelled_because", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "cancelled"), _negated=True),
                        ("cancelled_at__isnull", True),
                        ("cancelled_because", ""),
                        ("cancelled_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="groupdate_cancelled_has_who_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("moved_at__isnull", True), ("moved_by__isnull", True)),
                    models.Q(("moved_at__isnull", False), ("moved_by__isnull", False)),
                    _connector="OR",
                ),
                name="groupdate_moved_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.UniqueConstraint(fields=("series", "starts_at"), name="groupdate_once"),
        ),
        migrations.AddConstraint(
            model_name="groupdate",
            constraint=models.UniqueConstraint(fields=("id", "school_id"), name="groupdate_and_school"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupdateevent" ("series_id", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "moved_at", "moved_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."series_id", NEW."starts_at", NEW."ends_at", NEW."status", NEW."made_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_because", NEW."moved_at", NEW."moved_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="deb0d303d943dac7938a4fbcad988d56876f025b",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_8969c",
                    table="visits_groupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."cancel_note" IS DISTINCT FROM (NEW."cancel_note") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_because" IS DISTINCT FROM (NEW."cancelled_because") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."moved_at" IS DISTINCT FROM (NEW."moved_at") OR OLD."moved_by_id" IS DISTINCT FROM (NEW."moved_by_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "visits_groupdateevent" ("series_id", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "moved_at", "moved_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."series_id", NEW."starts_at", NEW."ends_at", NEW."status", NEW."made_by_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_because", NEW."moved_at", NEW."moved_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."series_id" IS DISTINCT FROM NEW."series_id" THEN jsonb_build_object(\'series\', OLD."series_id") ELSE \'{}\' END || CASE WHEN OLD."starts_at" IS DISTINCT FROM NEW."starts_at" THEN jsonb_build_object(\'starts_at\', OLD."starts_at") ELSE \'{}\' END || CASE WHEN OLD."ends_at" IS DISTINCT FROM NEW."ends_at" THEN jsonb_build_object(\'ends_at\', OLD."ends_at") ELSE \'{}\' END || CASE WHEN OLD."status" IS DISTINCT FROM NEW."status" THEN jsonb_build_object(\'status\', OLD."status") ELSE \'{}\' END || CASE WHEN OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" THEN jsonb_build_object(\'made_by\', OLD."made_by_id") ELSE \'{}\' END || CASE WHEN OLD."cancelled_at" IS DISTINCT FROM NEW."cancelled_at" THEN jsonb_build_object(\'cancelled_at\', OLD."cancelled_at") ELSE \'{}\' END || CASE WHEN OLD."cancelled_by_id" IS DISTINCT FROM NEW."cancelled_by_id" THEN jsonb_build_object(\'cancelled_by\', OLD."cancelled_by_id") ELSE \'{}\' END || CASE WHEN OLD."cancelled_because" IS DISTINCT FROM NEW."cancelled_because" THEN jsonb_build_object(\'cancelled_because\', OLD."cancelled_because") ELSE \'{}\' END || CASE WHEN OLD."moved_at" IS DISTINCT FROM NEW."moved_at" THEN jsonb_build_object(\'moved_at\', OLD."moved_at") ELSE \'{}\' END || CASE WHEN OLD."moved_by_id" IS DISTINCT FROM NEW."moved_by_id" THEN jsonb_build_object(\'moved_by\', OLD."moved_by_id") ELSE \'{}\' END || CASE WHEN OLD."place" IS DISTINCT FROM NEW."place" THEN jsonb_build_object(\'place\', null) ELSE \'{}\' END || CASE WHEN OLD."cancel_note" IS DISTINCT FROM NEW."cancel_note" THEN jsonb_build_object(\'cancel_note\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="37aab892e69592588489bcad14ead5b24cfe7657",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_c9889",
                    table="visits_groupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "visits_groupdateevent" ("series_id", "starts_at", "ends_at", "status", "made_by_id", "cancelled_at", "cancelled_by_id", "cancelled_because", "moved_at", "moved_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."series_id", OLD."starts_at", OLD."ends_at", OLD."status", OLD."made_by_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."cancelled_because", OLD."moved_at", OLD."moved_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="f553c25f1b499ce24b58d5e9c8f1b6eb3efd92d4",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_4e2fb",
                    table="visits_groupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupseriesevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2a223bb5f9ce234a3a160f361a5474664ee219ca",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ef9c5",
                    table="visits_groupseriesevent",
                    when="BEFORE",
                ),
            ),
        ),
        composite_foreign_key(
            "groupleader_is_at_series_school", "visits_groupleader", ("series_id", "school_id"), *SERIES
        ),
        composite_foreign_key(
            "groupdate_is_at_series_school", "visits_groupdate", ("series_id", "school_id"), *SERIES
        ),
        composite_foreign_key(
            "groupmember_follows_school", "visits_groupmember", ("student_id", "school_id"), *STUDENT
        ),
        composite_foreign_key(
            "groupcontact_is_at_dates_school", "visits_groupcontact", ("date_id", "school_id"), *DATE
        ),
    ]
