"""Who changed a pupil's protection, from what to what, and why."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from peersupport.lib.migrations import composite_foreign_key

LEVELS = [
    ("none", "none"),
    ("marked", "confidentiality mark"),
    ("registration", "protected registration"),
    ("local", "local protection"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0002_tied_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("school_id", models.BigIntegerField(editable=False)),
                ("before", models.CharField(choices=LEVELS, max_length=12)),
                ("after", models.CharField(choices=LEVELS, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection_changes",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of protection",
                "verbose_name_plural": "changes of protection",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        composite_foreign_key(
            "protectionchange_follows_school",
            "students_protectionchange",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
