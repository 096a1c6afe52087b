"""The log says of whom a page was, when it was a person's of ours; that person reads such rows."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_history")]

    operations = [
        migrations.AddField(
            model_name="accesslog",
            name="about_user_id",
            field=models.BigIntegerField(null=True),
        ),
        # Validated in the migration after this one: the log is large, and written by every page.
        AddConstraintNotValid(
            model_name="accesslog",
            constraint=models.CheckConstraint(
                condition=Q(about_user_id__isnull=True)
                | Q(student_ids=[], school_ids=[], filter_name="", reason="")
                & ~Q(about_user_id=F("user_id")),
                name="accesslog_about_a_person_names_no_pupil",
            ),
        ),
    ]
