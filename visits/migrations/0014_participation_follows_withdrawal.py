"""A participation is withdrawn with its contact: the copy can neither lie nor lag."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [("visits", "0013_contact_and_withdrawal")]
    operations = [
        composite_foreign_key(
            "participation_follows_withdrawal",
            "visits_participation",
            ("contact_id", "is_withdrawn"),
            "visits_contact",
            ("id", "is_withdrawn"),
        )
    ]
