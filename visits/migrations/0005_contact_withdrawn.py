"""A contact that was logged by mistake is withdrawn: kept, with who, when and why, and counted nowhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0003_protection_changes"),
        ("supporters", "0001_initial"),
        ("visits", "0004_next_steps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="contact",
            name="contact_by_author",
        ),
        migrations.RemoveIndex(
            model_name="participation",
            name="participation_held",
        ),
        migrations.AddField(
            model_name="contact",
            name="withdrawn_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="withdrawn_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="withdrawn_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mistake", "It was logged by mistake"),
                    ("twice", "It is logged twice"),
                    ("did_not_happen", "It did not happen"),
                    ("other", "Something else"),
                ],
                db_default="",
                max_length=16,
                verbose_name="Why is it withdrawn?",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="withdrawn_words",
            field=models.CharField(
                blank=True, db_default="", max_length=300, verbose_name="In your own words"
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="is_withdrawn",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="contact",
            name="is_withdrawn",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.ExpressionWrapper(
                    models.Q(("withdrawn_at__isnull", False)), output_field=models.BooleanField()
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=["author_id", "-occurred_at"],
                include=("minutes", "kind", "is_withdrawn"),
                name="contact_by_author",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                condition=models.Q(
                    ("is_withdrawn", False),
                    ("kind__in", ["home_visit", "at_school", "phone", "message"]),
                    ("outcome", "met"),
                ),
                fields=["student_id", "-occurred_at"],
                name="participation_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                        ("withdrawn_reason", ""),
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contact_withdrawn_has_who_when_and_why",
            ),
        ),
    ]
