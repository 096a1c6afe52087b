"""Which bookings were planned together by a rule."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0030_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="series_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("series_id__isnull", False)),
                fields=["series_id", "starts_at"],
                name="booking_by_series",
            ),
        ),
    ]
