"""The way people met or talked, and an organisation's own kinds and ways."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_local_codes"),
        ("visits", "0005_contact_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="local_kind",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.localcode",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="local_mode",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.localcode",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in_person", "in person"),
                    ("phone", "by phone"),
                    ("video", "by video"),
                    ("chat", "by text or chat"),
                    ("group", "in a group"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="In which way?",
            ),
        ),
    ]
