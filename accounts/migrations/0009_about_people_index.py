from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the log is large, and written by every page

    dependencies = [("accounts", "0008_about_people")]

    operations = [
        ValidateConstraint(model_name="accesslog", name="accesslog_about_a_person_names_no_pupil"),
        AddIndexConcurrently(
            model_name="accesslog",
            index=models.Index(
                condition=models.Q(("about_user_id__isnull", False)),
                fields=["about_user_id", "-at", "-id"],
                name="accesslog_about",
            ),
        ),
    ]
