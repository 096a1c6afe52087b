"""The roles and the database in an embedded server, by the same file operators of production use."""

from pathlib import Path

import psycopg
from psycopg import sql

from peersupport.database.home import ROLES

DATABASE = "peersupport"
ROLES_FILE = Path(__file__).resolve().parents[2] / "deploy" / "roles.sql"


def prepare(superuser_url: str, passwords: dict[str, str]) -> None:
    """Make what is missing of the three roles and the database. Repeatable; the database comes last."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(ROLES_FILE.read_bytes())
        for role in ROLES.values():
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), passwords[role])
            connection.execute(statement)
        if not _has_database(connection):
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"])))


def is_prepared(superuser_url: str) -> bool:
    """Whether an earlier start got as far as the database, and with it all the rest."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        return _has_database(connection)


def drop_database(superuser_url: str) -> None:
    """Remove the database, sending away whoever is still connected to it."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(statement.format(sql.Identifier(DATABASE)))


def _has_database(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    return row is not None
