"""The organisation's own purposes of a support period, beside the national ones they stand for."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0007_referral_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="local_purposes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
    ]
