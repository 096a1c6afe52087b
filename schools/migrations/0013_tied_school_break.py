"""A break of one school is the school's organisation's."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [("schools", "0012_school_break")]
    operations = [
        composite_foreign_key(
            "school_break_school_is_of_organisation",
            "schools_schoolbreak",
            ("school_id", "organisation_id"),
            "schools_school",
            ("id", "organisation_id"),
        )
    ]
