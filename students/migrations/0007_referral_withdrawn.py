"""A referral can be withdrawn by the school that sent it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0006_merges"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="status",
            field=models.CharField(
                choices=[
                    ("requested", "new"),
                    ("awaiting_consent", "waiting for consent"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                ],
                default="requested",
                max_length=16,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="referralstatuschange",
            name="status",
            field=models.CharField(
                choices=[
                    ("requested", "new"),
                    ("awaiting_consent", "waiting for consent"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=16,
            ),
        ),
    ]
