"""What the participations' copy of the withdrawal points at; the index is built without stopping anybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("visits", "0012_history")]
    operations = [
        migrations.RunSQL(
            "create unique index concurrently if not exists contact_and_withdrawal on visits_contact (id, is_withdrawn)",
            "drop index if exists contact_and_withdrawal",
        ),
        migrations.RunSQL(
            "alter table visits_contact add constraint contact_and_withdrawal unique using index contact_and_withdrawal",
            "alter table visits_contact drop constraint contact_and_withdrawal",
            state_operations=[
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(
                        fields=("id", "is_withdrawn"), name="contact_and_withdrawal"
                    ),
                )
            ],
        ),
    ]
