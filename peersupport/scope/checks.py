"""The refusal to serve without the second lock."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

FAULTS = """
select array_remove(array[
    case when r.rolsuper then 'is a superuser' end,
    case when r.rolbypassrls then 'may bypass row-level security' end,
    case when exists (
      select 1 from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)
         then 'owns tables' end,
    case when exists (
      select 1 from pg_roles o where o.oid <> r.oid and pg_has_role(r.oid, o.oid, 'member')
         and (o.rolsuper or o.rolbypassrls or exists (
           select 1 from pg_class c where c.relowner = o.oid and c.relnamespace = 'public'::regnamespace)))
         then 'is a member of such a role' end
  ], null)
from pg_roles r where r.rolname = current_user
"""


def faults_of_role() -> list[str]:
    """Why the role we are signed in as could pass the second lock; empty when it cannot."""
    with connection.cursor() as cursor:
        cursor.execute(FAULTS)
        (faults,) = cursor.fetchone()
    return list(faults)


def refuse_to_serve_as_owner(who: str = "web server", role: str = "peersupport_web") -> None:
    """Raises ImproperlyConfigured when the database role could pass the second lock.

    Asked once, before the first page, or the worker's first job.
    """
    if faults := faults_of_role():
        raise ImproperlyConfigured(f"The {who}'s database role {' and '.join(faults)}. Use {role}.")


@register(Tags.database)
def web_role_check(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same question as a system check, for `check --database default`."""
    if settings.DATABASE_ROLE != "web" or not databases:
        return []
    return [
        Error(f"The web server's database role {fault}.", id="peersupport.E001") for fault in faults_of_role()
    ]
