from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_tied_copies")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_start"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                violation_error_message="The last day cannot be before the first.",
            ),
        ),
    ]
