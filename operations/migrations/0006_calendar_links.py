"""Calendar feeds, with initials where chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0005_visit_keys"),
    ]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="kind",
            field=models.CharField(
                choices=[("invitation", "Invitation"), ("visit_key", "Visit Key"), ("calendar", "Calendar")],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="shows_initials",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
