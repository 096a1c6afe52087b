from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the log is large, and written by every page

    dependencies = [("accounts", "0004_list_filters")]

    operations = [
        AddIndexConcurrently(
            model_name="accesslog",
            index=models.Index(
                condition=models.Q(("action", "open_identity")),
                fields=["-at", "-id"],
                name="accesslog_openings",
            ),
        ),
    ]
