"""The filters a person used last on each list."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_user_language_is_one_of_ours"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("membership_id", models.BigIntegerField()),
                ("list_name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=500)),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered filter",
                "verbose_name_plural": "remembered filters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "membership_id", "list_name"), name="listfilter_one_a_list_and_role"
                    )
                ],
            },
        ),
    ]
