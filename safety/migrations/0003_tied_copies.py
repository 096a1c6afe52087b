"""What a home visit copies of its booking follows the booking; its organisation is its school's."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0001_home_visits_and_alarms"),
        ("visits", "0026_booking_and_its_copies"),
        ("schools", "0013_tied_school_break"),
    ]
    operations = [
        composite_foreign_key(
            "home_visit_follows_booking",
            "safety_homevisit",
            ("booking_id", "school_id", "supporter_id"),
            "visits_booking",
            ("id", "school_id", "supporter_id"),
        ),
        composite_foreign_key(
            "home_visit_school_is_of_organisation",
            "safety_homevisit",
            ("school_id", "organisation_id"),
            "schools_school",
            ("id", "organisation_id"),
        ),
    ]
