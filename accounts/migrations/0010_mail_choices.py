"""Mail that a person may do without."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_about_people_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="wants_digest",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="Each Monday: what waits for a decision"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="wants_reminder_day_before",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="The day before a booking"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="wants_reminder_hour_before",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="An hour before a booking"
            ),
        ),
    ]
