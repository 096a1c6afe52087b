"""Calendar feeds: one each, with initials where chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0004_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="kind",
            field=models.CharField(
                choices=[("invitation", "Invitation"), ("calendar", "Calendar")], max_length=20
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="shows_initials",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "calendar"), ("withdrawn_at__isnull", True)),
                fields=("user_id",),
                name="link_one_calendar_each",
            ),
        ),
    ]
