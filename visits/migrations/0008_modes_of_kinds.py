"""Contacts from before: the way they were held, where their kind tells it."""

from django.db import migrations

FORWARD = """
update visits_contact set mode = case kind
    when 'phone' then 'phone' when 'message' then 'chat' else 'in_person' end
 where mode = '' and kind in ('home_visit', 'at_school', 'phone', 'message')
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_tied_local_values")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
