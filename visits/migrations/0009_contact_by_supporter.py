"""Hours and contacts by week of a supporter, from an index; made while contacts are being logged."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0008_modes_of_kinds"), ("supporters", "0001_initial")]
    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                fields=["supporter_id", "-occurred_at"],
                include=("minutes", "kind", "is_withdrawn"),
                name="contact_by_supporter",
            ),
        ),
        # The index of the foreign key alone says nothing that this one does not.
        migrations.AlterField(
            model_name="contact",
            name="supporter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="supporters.peersupporter",
            ),
        ),
    ]
