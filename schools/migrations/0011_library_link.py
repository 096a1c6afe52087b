"""The link library of an organisation, and its history."""

import uuid

import django.contrib.postgres.fields
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
        ("schools", "0010_all_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LibraryLink",
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
                            ("rights", "Rights"),
                            ("app", "Apps and tools"),
                            ("help", "Someone to talk to"),
                        ],
                        max_length=8,
                        verbose_name="What is it?",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="What is it called?")),
                ("url", models.CharField(max_length=300, verbose_name="Address")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="What is it good for?")),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
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
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Which purposes does it fit?",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library_links",
                        to="schools.organisation",
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
                "verbose_name": "link",
                "verbose_name_plural": "links",
            },
        ),
        migrations.CreateModel(
            name="LibraryLinkEvent",
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
                ("kind", models.CharField(max_length=8)),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
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
                            max_length=16,
                        ),
                        blank=True,
                        size=None,
                    ),
                ),
                ("changed_at", models.DateTimeField(editable=False)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
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
                        to="schools.librarylink",
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
        migrations.AddConstraint(
            model_name="librarylink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "url__regex",
                        "^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9](/|\\?|#|$)",
                    )
                ),
                name="librarylink_leads_to_a_public_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="librarylink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="librarylink_withdrawn_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="librarylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("organisation", "url"),
                name="librarylink_stands_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="librarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_librarylinkevent" ("organisation_id", "kind", "purposes", "changed_at", "changed_by_id", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."kind", NEW."purposes", NEW."changed_at", NEW."changed_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", clock_timestamp(), \'insert\', NEW."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0884c8e636db8e2fd654d460d475d2d3b22983b6",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_5c860",
                    table="schools_librarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="librarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."purposes" IS DISTINCT FROM (NEW."purposes") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                    func='INSERT INTO "schools_librarylinkevent" ("organisation_id", "kind", "purposes", "changed_at", "changed_by_id", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (NEW."organisation_id", NEW."kind", NEW."purposes", NEW."changed_at", NEW."changed_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", clock_timestamp(), \'update\', NEW."id", \'{}\'::jsonb || CASE WHEN OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" THEN jsonb_build_object(\'organisation\', OLD."organisation_id") ELSE \'{}\' END || CASE WHEN OLD."kind" IS DISTINCT FROM NEW."kind" THEN jsonb_build_object(\'kind\', OLD."kind") ELSE \'{}\' END || CASE WHEN OLD."purposes" IS DISTINCT FROM NEW."purposes" THEN jsonb_build_object(\'purposes\', OLD."purposes") ELSE \'{}\' END || CASE WHEN OLD."changed_at" IS DISTINCT FROM NEW."changed_at" THEN jsonb_build_object(\'changed_at\', OLD."changed_at") ELSE \'{}\' END || CASE WHEN OLD."changed_by_id" IS DISTINCT FROM NEW."changed_by_id" THEN jsonb_build_object(\'changed_by\', OLD."changed_by_id") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" THEN jsonb_build_object(\'withdrawn_at\', OLD."withdrawn_at") ELSE \'{}\' END || CASE WHEN OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" THEN jsonb_build_object(\'withdrawn_by\', OLD."withdrawn_by_id") ELSE \'{}\' END || CASE WHEN OLD."title" IS DISTINCT FROM NEW."title" THEN jsonb_build_object(\'title\', null) ELSE \'{}\' END || CASE WHEN OLD."url" IS DISTINCT FROM NEW."url" THEN jsonb_build_object(\'url\', null) ELSE \'{}\' END || CASE WHEN OLD."text" IS DISTINCT FROM NEW."text" THEN jsonb_build_object(\'text\', null) ELSE \'{}\' END, nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="0f680d8b0378e4ec17f8fb0ea046b905950ed7da",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_98bd7",
                    table="schools_librarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="librarylink",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func='INSERT INTO "schools_librarylinkevent" ("organisation_id", "kind", "purposes", "changed_at", "changed_by_id", "withdrawn_at", "withdrawn_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_was", "pgh_by_id", "pgh_role", "pgh_membership_id") VALUES (OLD."organisation_id", OLD."kind", OLD."purposes", OLD."changed_at", OLD."changed_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id", clock_timestamp(), \'delete\', OLD."id", \'{}\', nullif(current_setting(\'app.user_id\', true), \'\')::bigint, coalesce(current_setting(\'app.role\', true), \'\'), nullif(current_setting(\'app.membership_id\', true), \'\')::bigint); RETURN NULL;',
                    hash="7fb459ae78650031e87e97c643e59a2632ff4d5b",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_b0822",
                    table="schools_librarylink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="librarylinkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="430a54fbe489f73772a9263f6547c992fd8c6010",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a2b7a",
                    table="schools_librarylinkevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
