"""The administrator's list of roles comes in the order of an index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_local_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["organisation_id", "id"], name="membership_by_organisation"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["organisation_id", "role", "id"], name="membership_by_role"),
        ),
    ]
