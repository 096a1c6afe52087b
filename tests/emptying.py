"""The database as it was before a test that committed, but without Django's flush.

TRUNCATE gives each table and each index a new file, half a second for the five hundred of them whatever they hold;
a test leaves a few rows, and to delete those takes a fiftieth of that.
"""

from django.db import connection, transaction

# What the migrations have left, and Django's flush would make again.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
TRIGGERS = "select array_agg(tgname)::text from pg_trigger where tgname like 'pgtrigger\\_%%'"


def empty() -> None:
    """Delete all rows of all tables but KEPT, whichever of them hold any. As the owner; commits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{TABLES} and relname <> all (%s)", [list(KEPT)])
        tables = [name for (name,) in cursor.fetchall()]
        # A request may still be running: its rows are waited for, as TRUNCATE would.
        cursor.execute(f"lock table {', '.join(tables)} in exclusive mode")
        cursor.execute(" union all ".join(f"(select '{table}' from {table} limit 1)" for table in tables))
        if used := [name for (name,) in cursor.fetchall()]:
            # Nothing is to be written into the history, and the history lets itself be deleted.
            cursor.execute(f"select set_config('pgtrigger.ignore', ({TRIGGERS}), true)")
            # One statement, since they refer to each other in circles.
            parts = ", ".join(f"of_{table} as (delete from {table})" for table in used)
            cursor.execute(f"with {parts} select")
