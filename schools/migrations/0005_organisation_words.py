"""How an organisation calls its target group, and what it leaves out of its forms."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_invitations")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="hidden_codes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="left out of forms",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="target_group_many",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=60,
                verbose_name="several of the target group",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="target_group_one",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=60, verbose_name="one of the target group"
            ),
        ),
    ]
