"""One calendar feed each; the index is built without stopping anybody."""

from django.db import migrations, models

OPEN_CALENDARS = "kind = 'calendar' and withdrawn_at is null"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("operations", "0006_calendar_links")]
    operations = [
        migrations.RunSQL(
            "create unique index concurrently if not exists link_one_calendar_each"
            f" on operations_link (user_id) where {OPEN_CALENDARS}",
            "drop index if exists link_one_calendar_each",
            state_operations=[
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "calendar"), ("withdrawn_at__isnull", True)),
                        fields=("user_id",),
                        name="link_one_calendar_each",
                    ),
                )
            ],
        ),
    ]
