"""That a week's digest was decided."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("schools", "0013_tied_school_break"),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("week_on", models.DateField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mail_id", models.UUIDField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.membership"
                    ),
                ),
            ],
            options={
                "verbose_name": "digest",
                "verbose_name_plural": "digests",
                "constraints": [
                    models.UniqueConstraint(fields=("membership", "week_on"), name="digest_once_a_week")
                ],
            },
        ),
    ]
