"""Which PostgreSQL is used, and what the roles and settings of an embedded one are."""

import os
import stat

import psycopg
import pytest

from peersupport import database
from peersupport.database import embedded, home, programs

from . import servers
from .servers import ask


@pytest.fixture(scope="module")
def careful(bindir):
    """A server started as people start it, not in the fast way of other tests: its folder and its URLs."""
    folder = servers.open_folder()
    process = servers.start(folder, PG_BINDIR=str(bindir), PEERSUPPORT_PG_FAST="0")
    yield folder, servers.urls_of(process)
    servers.end(process)
    servers.remove(folder)


def test_locate_when_the_environment_has_urls_uses_them_and_starts_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_JOB_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://web@db.example/x")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db.example/x")
    urls = database.locate(tmp_path)
    assert urls.for_role("web") == "postgres://web@db.example/x"
    assert urls.for_role("owner") == "postgres://owner@db.example/x"
    with pytest.raises(database.DatabaseUnavailable, match="DATABASE_JOB_URL is not set"):
        urls.for_role("job")
    with pytest.raises(database.DatabaseUnavailable, match="must be one of web, owner, job"):
        urls.for_role("root")
    assert list(tmp_path.iterdir()) == []


def test_renew_of_a_database_that_is_not_embedded_is_refused(monkeypatch):
    monkeypatch.setattr(embedded, "_joined", None)
    with pytest.raises(database.DatabaseUnavailable, match="DATABASE_URL names another one"):
        database.renew()


def test_find_without_any_postgresql_says_what_to_do(monkeypatch):
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(programs.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(programs, "SYSTEM_FOLDERS", ())
    with pytest.raises(database.DatabaseUnavailable, match="No PostgreSQL was found") as error:
        programs.find()
    for way_out in ("requirements", "PG_BINDIR", "DATABASE_URL"):
        assert way_out in str(error.value)


def test_find_passes_over_programs_that_do_not_run(monkeypatch, tmp_path):
    for name in programs.NEEDED:
        (tmp_path / name).write_text("not for this processor")
        (tmp_path / name).chmod(0o755)
    monkeypatch.delenv("PG_BINDIR", raising=False)
    real = programs.find()
    monkeypatch.setattr(programs, "_candidates", lambda: iter([tmp_path, real]))
    assert programs.find() == real


def test_locate_with_a_wrong_pg_bindir_names_it(empty_checkout, use):
    process = use(empty_checkout, PG_BINDIR="/nowhere")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "PG_BINDIR is /nowhere" in error


def test_data_of_another_version_are_left_alone(checkout, use):
    mark = checkout / ".pgdata/data/PG_VERSION"
    version = mark.read_text()
    mark.write_text("9\n")
    process = use(checkout)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "were made by PostgreSQL 9" in error
    assert mark.read_text() == "9\n"
    mark.write_text(version)


@pytest.mark.parametrize("role", ["web", "job"])
def test_web_and_job_can_neither_pass_the_second_lock_nor_make_anything(careful, role):
    url = careful[1].for_role(role)
    attributes = (
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = user"
    )
    owned = "SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = user"
    memberships = "SELECT count(*) FROM pg_auth_members WHERE pg_get_userbyid(member) = user"
    assert ask(url, attributes) == (False, False, False, False)
    assert ask(url, owned) == (0,)
    assert ask(url, memberships) == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(url, "CREATE TABLE forbidden ()")


def test_the_owner_can_do_what_migrations_and_tests_need(careful):
    url = careful[1].owner
    assert ask(url, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = user") == (False, False)
    for extension in ("btree_gist", "pg_trgm", "unaccent"):
        ask(url, f"CREATE EXTENSION {extension}")
    ask(url, "CREATE TABLE made ()")
    ask(url, "CREATE DATABASE test_peersupport")
    ask(url, "DROP DATABASE test_peersupport")
    for role in ("peersupport_web", "peersupport_job"):
        ask(url, f"SET ROLE {role}")


@pytest.mark.parametrize(
    "setting, value",
    [
        ("statement_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_statement", "none"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_min_duration_statement", "-1"),
        ("password_encryption", "scram-sha-256"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
    ],
)
def test_a_setting_as_the_web_role_sees_it(careful, setting, value):
    assert ask(careful[1].web, f"SHOW {setting}") == (value,)


def test_text_is_utf8_and_knows_swedish_letters(careful):
    assert ask(careful[1].web, "SELECT lower('ÅÄÖ'), current_setting('server_encoding')") == ("åäö", "UTF8")


def test_passwords_and_data_are_closed_to_others(careful):
    folder, urls = careful
    assert stat.S_IMODE((folder / ".pgdata/passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / ".pgdata/data").stat().st_mode) == 0o700
    start, _, rest = urls.web.partition("@")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(f"{start}x@{rest}", "SELECT 1")


def test_renew_empties_the_database(checkout, use, monkeypatch):
    process = use(checkout)
    urls = servers.urls_of(process)
    ask(urls.owner, "CREATE TABLE gone ()")
    server = embedded.Server(home.choose(checkout))
    monkeypatch.setattr(embedded, "_joined", embedded.Joined(server, None, os.getpid()))
    database.renew()
    assert ask(urls.owner, "SELECT to_regclass('gone')") == (None,)
    assert ask(urls.web, "SELECT 1") == (1,)
    servers.end(process)
