"""One table of whose time is taken, in the place of the bookings' own constraint; filled with what is planned.

Group dates that overlap already stay as they are, and are refused when somebody moves them.
"""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import visits.models.bookings

FILL = """
insert into visits_busytime (source, source_id, user_id, organisation_id, starts_at, ends_at)
select 'booking', b.id, p.user_id, p.organisation_id, b.starts_at, b.ends_at
  from visits_booking b join supporters_peersupporter p on p.id = b.supporter_id
 where b.status = 'planned' order by b.id
on conflict do nothing;
insert into visits_busytime (source, source_id, user_id, organisation_id, starts_at, ends_at)
select 'group_date', d.id, l.user_id, s.organisation_id, d.starts_at, d.ends_at
  from visits_groupdate d
  join visits_groupleader l on l.series_id = d.series_id and l.ended_at is null
  join schools_school s on s.id = d.school_id
 where d.status = 'planned' order by d.id, l.id
on conflict do nothing;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0013_tied_school_break"),
        ("supporters", "0002_history"),
        ("visits", "0021_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BusyTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("booking", "Booking"), ("group_date", "Group Date")], max_length=12
                    ),
                ),
                ("source_id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "busy time",
                "verbose_name_plural": "busy times",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id", "user"), name="busytime_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="busytime_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        name="busytime_in_one_place_at_a_time",
                        expressions=[
                            ("user", "="),
                            ("organisation", "="),
                            (visits.models.bookings.MomentRange("starts_at", "ends_at"), "&&"),
                        ],
                    ),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="booking", name="booking_supporter_not_double_booked"),
    ]
