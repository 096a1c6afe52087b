"""What the lock is like in the database now: a hand or a restore may have changed it since it was written."""

from django.db import connection

# Everything that the lock consists of. Extensions' functions are theirs, and change with them.
STATE = """
select md5(string_agg(line, ' ' order by line)) from (
  select concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check) as line
    from pg_policies where schemaname = 'public'
  union all
  select concat_ws(' ', 'table', relname, relrowsecurity, relacl) from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select concat_ws(' ', 'column', attrelid::regclass, attname, attacl) from pg_attribute
   where attacl is not null and attrelid in (
         select oid from pg_class where relnamespace = 'public'::regnamespace)
  union all
  select concat_ws(' ', 'function', oid::regprocedure, proowner::regrole, prosecdef, proconfig, proacl,
                   prosrc)
    from pg_proc where pronamespace = 'public'::regnamespace and oid not in (
         select objid from pg_depend where classid = 'pg_proc'::regclass and deptype = 'e')
) as lines
"""


def fingerprint() -> str:
    """The same as long as the lock is. Another version of PostgreSQL may word it otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        (digest,) = cursor.fetchone()
    return str(digest)
