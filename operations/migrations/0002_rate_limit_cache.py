"""The table of the database cache, as `createcachetable` makes it, so that no installation forgets it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "create table operations_cache (cache_key varchar(255) primary key, value text not null,"
            " expires timestamptz not null);"
            "create index operations_cache_expires on operations_cache (expires)",
            "drop table operations_cache",
        )
    ]
