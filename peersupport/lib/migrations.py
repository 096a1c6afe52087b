"""Migration operations that Django lacks."""

from django.db import migrations


def composite_foreign_key(
    name: str,
    table: str,
    columns: tuple[str, ...],
    target: str,
    target_columns: tuple[str, ...],
) -> migrations.RunSQL:
    """Ties copied columns to the row they are copied from: a copy can neither lie nor lag.

    ON UPDATE CASCADE: when the original moves (a change of school or protection), the copies move with it.
    `target_columns` must have a unique constraint of their own.
    """
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key ({', '.join(columns)})"
        f" references {target} ({', '.join(target_columns)}) on update cascade deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )
