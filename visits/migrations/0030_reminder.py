"""That somebody was reminded of a time."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0013_tied_school_break"),
        ("visits", "0026_booking_and_its_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("time_id", models.UUIDField()),
                (
                    "ahead",
                    models.CharField(
                        choices=[("day", "the day before"), ("hour", "an hour before")], max_length=4
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("mail_id", models.UUIDField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.membership"
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "indexes": [models.Index(fields=["starts_at"], name="reminder_by_start")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "time_id", "ahead", "starts_at"), name="reminder_once"
                    )
                ],
            },
        ),
    ]
