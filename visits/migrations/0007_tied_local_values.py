"""An own kind or way of a contact stands for the national one that is stored beside it, and for no other."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key

LOCAL = ("schools_localcode", ("id", "national_code"))


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_contact_modes"), ("schools", "0006_local_codes")]

    operations = [
        composite_foreign_key(
            "contact_kind_is_of_local", "visits_contact", ("local_kind_id", "kind"), *LOCAL
        ),
        composite_foreign_key(
            "contact_mode_is_of_local", "visits_contact", ("local_mode_id", "mode"), *LOCAL
        ),
    ]
