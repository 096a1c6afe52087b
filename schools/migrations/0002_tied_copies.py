"""A membership's school belongs to its organisation."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [
        composite_foreign_key(
            "membership_school_is_of_organisation",
            "schools_membership",
            ("school_id", "organisation_id"),
            "schools_school",
            ("id", "organisation_id"),
        )
    ]
