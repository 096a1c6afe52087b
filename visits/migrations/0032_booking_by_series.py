"""Finds those planned together by a rule; built without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0031_booking_series")]
    operations = [
        AddIndexConcurrently(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("series_id__isnull", False)),
                fields=["series_id", "starts_at"],
                name="booking_by_series",
            ),
        ),
    ]
