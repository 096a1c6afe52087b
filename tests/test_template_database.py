"""The template that test databases are copied from is what a test database made anew would be."""

import ast
import os

import psycopg
import pytest
from django.db import connection

from peersupport.demo.owner import owner
from tests import template_database
from tests.emptying import KEPT, empty
from tests.peersupport.rights import raw
from tests.peersupport.world import World, all_tables
from tests.template_database import ROOT, digest, prepared, read_by_migrations

OTHER = "template_of_a_test"


def imported_by_migrations():
    for path in ROOT.glob("*/migrations/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            if isinstance(node, ast.ImportFrom):
                yield node.module


def test_digest_holds_what_migrations_import_of_ours():
    read, imported = read_by_migrations(), set()
    for name in imported_by_migrations():
        place = ROOT.joinpath(*name.split("."))
        imported |= {path for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists()}

    assert len(imported) > 3
    assert imported <= read, "Migrations read these too: let tests/template_database.py know."


@pytest.mark.parametrize("suffix", [".py", ".sql"])
def test_digest_is_another_when_a_file_is(tmp_path, monkeypatch, suffix):
    found, added = read_by_migrations(), tmp_path / f"0099_more{suffix}"
    monkeypatch.setattr(template_database, "read_by_migrations", lambda: found | {added})
    added.write_text("a")
    before = digest()
    assert digest() == before

    added.write_text("b")

    assert digest() != before


def test_digest_is_another_when_the_lock_is(monkeypatch):
    before = digest()
    monkeypatch.setattr(template_database, "lock_sql", lambda: ["grant everything to everybody"])

    assert digest() != before


@pytest.fixture
def makes(monkeypatch):
    """How often a template of another name is made: an empty database, which takes a moment."""
    made = []
    server = psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)
    monkeypatch.setattr(template_database, "NAME", OTHER)

    def make():
        made.append(digest())
        server.execute(f"drop database if exists {OTHER}")
        server.execute(f"create database {OTHER}")
        if len(made) == 1:
            raise KeyboardInterrupt  # the first time somebody has had enough of waiting

    monkeypatch.setattr(template_database, "_make", make)
    yield made
    server.execute(f"drop database if exists {OTHER}")
    server.close()


def test_template_is_made_when_it_is_missing_unfinished_or_of_another_digest(makes, monkeypatch):
    with pytest.raises(KeyboardInterrupt), prepared():
        pass
    for _twice in range(2):
        with prepared() as name:
            assert name == OTHER
    assert len(makes) == 2

    monkeypatch.setattr(template_database, "lock_sql", lambda: ["another"])
    with prepared():
        pass

    assert len(makes) == 3


def test_test_database_is_a_copy(db):
    assert connection.settings_dict["TEST"]["TEMPLATE"] == template_database.NAME


# --- What committed tests leave


@pytest.mark.django_db(transaction=True)
def test_emptying_leaves_what_migrations_left_and_wakes_no_trigger():
    with owner():
        migrated = {table: rows(table) for table in KEPT}
        World()

        empty()

        assert {table: rows(table) for table in all_tables() if rows(table)} == migrated
        World()  # and its triggers write history as before
        assert rows("students_studentevent")


def rows(table: str) -> list[tuple]:
    return raw(f"select * from {table} order by 1").fetchall()
