"""The index behind "when we last met", for whichever kinds an organisation counts; built without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0016_all_kinds")]
    operations = [
        AddIndexConcurrently(
            model_name="participation",
            index=models.Index(
                fields=["student_id", "-occurred_at"],
                name="participation_met",
                include=["kind"],
                condition=models.Q(outcome="met", is_withdrawn=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="participation", name="participation_held"),
    ]
