"""A migrated database to copy from: the migrations take half a minute, a copy a fraction of a second.

It stays in the server and bears, as its comment, the digest of all that its making depends on. With another digest, or
with none because somebody was interrupted, it is made anew.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from peersupport.scope.installation import lock_sql

NAME = "template_peersupport"
LOCK = 4_711_000  # an advisory lock of ours; any number does
ROOT = Path(settings.BASE_DIR)
NOT_READ = {"services", "forms", "views", "urls", "admin", "demo", "management", "templatetags"}


@contextmanager
def prepared() -> Iterator[str]:
    """The template's name. Within, nobody else makes or renews it, so that what is copied is what was asked for."""
    wanted = digest()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as held:
        held.execute("select pg_advisory_lock(%s)", [LOCK])
        if _kept(held) != wanted:
            _make()
            comment = sql.SQL("comment on database {} is {}")
            held.execute(comment.format(sql.Identifier(NAME), sql.Literal(wanted)))
        yield NAME


def digest() -> str:
    """Changes with migrations, with what of ours they may import, with the second lock and with the packages."""
    packages = sorted(f"{found.metadata['Name']} {found.version}" for found in metadata.distributions())
    seen = hashlib.sha256("\n".join([*packages, *lock_sql()]).encode())
    for path in sorted(read_by_migrations()):
        seen.update(str(path).encode() + path.read_bytes())
    return seen.hexdigest()


def read_by_migrations() -> set[Path]:
    """All of our rooms that have tables, but for the layers above models; of a package its migrations."""
    found = set()
    for app in (Path(config.path) for config in apps.get_app_configs()):
        is_ours = app == ROOT / "peersupport" or (app.parent == ROOT and (app / "migrations").exists())
        for path in (app if is_ours else app / "migrations").rglob("*"):
            parts = {*path.relative_to(app).parts, path.stem}
            if path.suffix in {".py", ".sql"} and not (is_ours and NOT_READ & parts):
                found.add(path)
    return found


def _kept(held: psycopg.Connection) -> str | None:
    comment = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    row = held.execute(comment, [NAME]).fetchone()
    return row and row[0]


def _make() -> None:
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    test_name = test["NAME"]
    test["NAME"] = NAME
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = test_name
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = own
