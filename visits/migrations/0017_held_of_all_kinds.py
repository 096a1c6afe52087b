"""The index behind "when did we last meet", for every kind with the pupil; made while contacts are logged."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0016_all_kinds")]
    operations = [
        RemoveIndexConcurrently(model_name="participation", name="participation_held"),
        AddIndexConcurrently(
            model_name="participation",
            index=models.Index(
                condition=models.Q(
                    ("is_withdrawn", False),
                    (
                        "kind__in",
                        (
                            "home_visit",
                            "at_school",
                            "activity",
                            "accompany",
                            "phone",
                            "video",
                            "message",
                            "group",
                        ),
                    ),
                    ("outcome", "met"),
                ),
                fields=["student_id", "-occurred_at"],
                name="participation_held",
            ),
        ),
    ]
