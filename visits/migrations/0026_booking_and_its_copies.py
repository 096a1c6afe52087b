"""What a home visit's copies of its booking point at; the index is built without stopping anybody."""

from django.db import migrations, models

COLUMNS = "id, school_id, supporter_id"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0025_outcome_moved")]
    operations = [
        migrations.RunSQL(
            f"create unique index concurrently if not exists booking_and_its_copies on visits_booking ({COLUMNS})",
            "drop index if exists booking_and_its_copies",
        ),
        migrations.RunSQL(
            "alter table visits_booking add constraint booking_and_its_copies unique using index booking_and_its_copies",
            "alter table visits_booking drop constraint booking_and_its_copies",
            state_operations=[
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.UniqueConstraint(
                        fields=("id", "school_id", "supporter"), name="booking_and_its_copies"
                    ),
                )
            ],
        ),
    ]
