"""The embedded PostgreSQL: real processes, real servers, each in a checkout of its own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from peersupport import database
from peersupport.database import embedded, home, programs

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
USER = """
import sys
from pathlib import Path
from peersupport import database
urls = database.locate(Path(sys.argv[1]))
print(*urls, flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are counted in /proc")


@pytest.fixture(scope="session")
def programs_folder():
    """Programs that root's server can run too: in a closed checkout they are copied once, not once per test."""
    folder = open_folder()
    account = home.server_account(folder / "data")
    yield home.within_reach(programs.find(), home.Home(folder, account))
    shutil.rmtree(folder)


@pytest.fixture
def checkout():
    """An empty checkout that everybody may enter; pytest's own tmp_path is closed to root's server."""
    folder = open_folder()
    yield folder
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)  # only after a failed test
    shutil.rmtree(folder)


@pytest.fixture
def use(programs_folder):
    """Start a process that uses the server of a checkout until its input is closed."""
    started = []

    def start(folder, *, python=(sys.executable,), **settings):
        environment = {k: v for k, v in os.environ.items() if k not in database.VARIABLES.values()}
        environment |= {"PYTHONPATH": str(ROOT), "PG_BINDIR": str(programs_folder), "PEERSUPPORT_PG_FAST": "1"}
        process = subprocess.Popen(
            [*python, "-c", USER, folder],
            env=environment | settings,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def open_folder():
    folder = Path(tempfile.mkdtemp(prefix="peersupport-test-"))
    folder.chmod(0o755)
    return folder


def urls_of(process):
    """What the process was given; waits until it has its server."""
    words = process.stdout.readline().split()
    assert len(words) == 3, process.stderr.read()
    return database.Urls(*words)


def end(process):
    process.communicate(timeout=60)
    return process.returncode


def processes_of(folder):
    """The servers and their helpers that run in a folder; a zombie has no working directory and is not counted."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            inside = (entry / "cwd").readlink().is_relative_to(folder)
        except OSError:  # gone meanwhile, or somebody else's
            continue
        if inside:
            found.append(int(entry.name))
    return found


def assert_gone(folder):
    deadline = time.monotonic() + 5
    while processes_of(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(folder) == []


def postmaster(folder):
    return int((folder / ".pgdata/data/postmaster.pid").read_text().splitlines()[0])


def ask(url, statement, *parameters):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement, parameters)
        return cursor.fetchone() if cursor.description else None


def test_locate_when_the_environment_has_urls_uses_them_and_starts_nothing(checkout, monkeypatch):
    for name in database.VARIABLES.values():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://web@db.example/x")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db.example/x")

    urls = database.locate(checkout)

    assert urls.for_role("web") == "postgres://web@db.example/x"
    assert urls.for_role("owner") == "postgres://owner@db.example/x"
    with pytest.raises(database.DatabaseUnavailable, match="DATABASE_JOB_URL is not set"):
        urls.for_role("job")
    with pytest.raises(database.DatabaseUnavailable, match="must be one of web, owner, job"):
        urls.for_role("root")
    assert list(checkout.iterdir()) == []


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
    real = [programs.find()]
    monkeypatch.setattr(programs, "_candidates", lambda: iter([tmp_path, *real]))
    assert programs.find() == real[0]


def test_locate_with_a_wrong_pg_bindir_names_it(checkout, use):
    process = use(checkout, PG_BINDIR="/nowhere")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "PG_BINDIR is /nowhere" in error


def test_four_starts_at_once_make_one_server_for_all(checkout, use):
    processes = [use(checkout) for _ in range(4)]
    urls = {urls_of(process) for process in processes}
    assert len(urls) == 1
    assert ask(urls.pop().web, "SELECT current_user") == ("peersupport_web",)
    assert [end(process) for process in processes] == [0, 0, 0, 0]
    assert_gone(checkout)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_the_process_ends_the_server(checkout, use, number):
    process = use(checkout)
    urls_of(process)
    assert processes_of(checkout)
    process.send_signal(number)
    assert end(process) != 0
    assert_gone(checkout)


def test_the_server_stays_while_somebody_uses_it(checkout, use):
    starter, other = use(checkout), use(checkout)
    urls_of(starter)
    url = urls_of(other).web
    end(starter)
    assert ask(url, "SELECT 1") == (1,)
    end(other)
    assert_gone(checkout)


def test_after_kill_9_the_next_process_uses_the_server_and_stops_it(checkout, use):
    killed = use(checkout)
    urls = urls_of(killed)
    killed.kill()
    killed.wait()
    assert ask(urls.web, "SELECT 1") == (1,)
    following = use(checkout)
    assert urls_of(following) == urls
    end(following)
    assert_gone(checkout)


@pytest.mark.parametrize("is_in_use", [True, False])
def test_a_server_killed_with_9_is_started_again_with_its_data(checkout, use, is_in_use):
    first = use(checkout, PEERSUPPORT_PG_FAST="0")
    ask(urls_of(first).owner, "CREATE TABLE kept AS SELECT 7 AS number")
    if not is_in_use:
        first.kill()
    os.kill(postmaster(checkout), signal.SIGKILL)
    second = use(checkout)
    assert ask(urls_of(second).owner, "SELECT number FROM kept") == (7,)
    end(first)
    end(second)
    assert_gone(checkout)


def test_a_pid_file_with_the_number_of_a_living_process_is_not_believed(checkout, use):
    """As after a power cut, when the number has gone to somebody else, or to a zombie."""
    first = use(checkout)
    urls_of(first)
    file = checkout / ".pgdata/data/postmaster.pid"
    stale = file.read_text().splitlines()
    end(first)
    bystander = subprocess.Popen(["sleep", "60"], user="nobody" if IS_ROOT else None)
    file.write_text("\n".join([str(bystander.pid), *stale[1:], ""]))
    second = use(checkout)
    urls_of(second)
    end(second)
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
    assert_gone(checkout)


def test_the_roles_are_what_the_second_lock_needs(checkout, use):
    process = use(checkout)
    urls = urls_of(process)
    attributes = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname=current_user"
    owns = "SELECT pg_get_userbyid(datdba) = current_user FROM pg_database WHERE datname = current_database()"
    member = "SELECT count(*) FROM pg_auth_members WHERE pg_get_userbyid(member) = current_user"
    for url in (urls.web, urls.job):
        assert ask(url, attributes) == (False, False, False, False)
        assert ask(url, owns) == (False,)
        assert ask(url, member) == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(url, "CREATE TABLE forbidden ()")
    assert ask(urls.owner, attributes) == (False, False, True, False)
    assert ask(urls.owner, owns) == (True,)
    for statement in ("CREATE EXTENSION btree_gist", "CREATE EXTENSION pg_trgm", "CREATE EXTENSION unaccent"):
        ask(urls.owner, statement)
    ask(urls.owner, "CREATE DATABASE test_peersupport")
    ask(urls.owner, "DROP DATABASE test_peersupport")
    for role in ("peersupport_web", "peersupport_job"):
        ask(urls.owner, f"SET ROLE {role}")


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
def test_a_setting_of_the_server_is_as_the_privacy_rules_say(setting, value, careful_server):
    assert ask(careful_server, f"SHOW {setting}") == (value,)


def test_text_is_utf8_and_knows_swedish_letters(careful_server):
    assert ask(careful_server, "SELECT lower('ÅÄÖ'), current_setting('server_encoding')") == ("åäö", "UTF8")


@pytest.fixture(scope="module")
def careful_server(programs_folder):
    """The web URL of a server started as people start it: not the fast, careless way of the other tests."""
    folder = open_folder()
    environment = {k: v for k, v in os.environ.items() if k not in database.VARIABLES.values()}
    environment |= {"PYTHONPATH": str(ROOT), "PG_BINDIR": str(programs_folder), "PEERSUPPORT_PG_FAST": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", USER, folder], env=environment, stdin=-1, stdout=-1, stderr=-1, text=True
    )
    yield urls_of(process).web
    process.communicate(timeout=60)
    shutil.rmtree(folder)


def test_passwords_and_data_are_closed_to_others(checkout, use):
    process = use(checkout)
    url = urls_of(process).web
    kept = checkout / ".pgdata"
    assert stat.S_IMODE((kept / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((kept / "data").stat().st_mode) == 0o700
    without = url.replace(url.split(":")[2].split("@")[0], "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(without, "SELECT 1")


def test_data_of_another_version_are_left_alone(checkout, use):
    end(use(checkout))
    mark = checkout / ".pgdata/data/PG_VERSION"
    mark.write_text("9\n")
    process = use(checkout)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "were made by PostgreSQL 9" in error
    assert mark.read_text() == "9\n"


def test_renew_empties_the_database(checkout, use, monkeypatch):
    process = use(checkout)
    urls = urls_of(process)
    ask(urls.owner, "CREATE TABLE gone ()")
    server = embedded.Server(home.choose(checkout))
    monkeypatch.setattr(embedded, "_joined", embedded.Joined(server, None, os.getpid()))
    database.renew()
    assert ask(urls.owner, "SELECT to_regclass('gone')") == (None,)
    assert ask(urls.web, "SELECT 1") == (1,)


@pytest.mark.skipif(not IS_ROOT, reason="only root's server runs as another account, which a closed folder stops")
def test_below_a_closed_folder_root_runs_in_a_folder_of_the_system(checkout, use):
    closed = checkout / "closed"
    inner = closed / "project"
    inner.mkdir(parents=True)
    closed.chmod(0o700)
    copied_from = inner / "programs"
    shutil.copytree(programs.find().parent, copied_from, symlinks=True)
    folder = home.system_folder(inner)
    before = [stat.S_IMODE(path.stat().st_mode) for path in (inner, closed, checkout, *checkout.parents)]
    try:
        process = use(inner, PG_BINDIR=str(copied_from / "bin"))
        assert ask(urls_of(process).web, "SELECT 1") == (1,)
        assert not (inner / ".pgdata").exists()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755
        data = (folder / "data").stat()
        assert (stat.S_IMODE(data.st_mode), data.st_uid) == (0o700, pwd.getpwnam("nobody").pw_uid)
        assert len(list(folder.glob("programs-*"))) == 1
        end(process)
        assert processes_of(folder) == []
        end(use(inner, PG_BINDIR=str(copied_from / "bin")))
        assert len(list(folder.glob("programs-*"))) == 1
        after = [stat.S_IMODE(path.stat().st_mode) for path in (inner, closed, checkout, *checkout.parents)]
        assert before == after
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(not IS_ROOT, reason="the other tests already run as an ordinary user")
def test_an_ordinary_user_runs_the_server_as_itself(checkout, use):
    python = python_for_everybody(checkout / "packages")
    nobody = pwd.getpwnam("nobody")
    project = checkout / "project"
    project.mkdir()
    os.chown(project, nobody.pw_uid, nobody.pw_gid)
    process = use(project, python=["setpriv", "--reuid=nobody", f"--regid={nobody.pw_gid}", "--clear-groups", python],
                  PYTHONPATH=str(checkout / "packages"))  # fmt: skip
    assert ask(urls_of(process).web, "SELECT 1") == (1,)
    assert (project / ".pgdata/passwords.json").stat().st_uid == nobody.pw_uid
    process.send_signal(signal.SIGTERM)
    end(process)
    assert_gone(checkout)
    # Root afterwards leaves the data to the user who made them.
    again = use(project)
    urls_of(again)
    assert Path(f"/proc/{postmaster(project)}").stat().st_uid == nobody.pw_uid
    end(again)
    assert_gone(checkout)


def python_for_everybody(packages):
    """The system's Python of our own version, with what the database module needs copied to an open folder."""
    python = shutil.which(f"python{sys.version_info[0]}.{sys.version_info[1]}", path="/usr/bin:/usr/local/bin")
    if not python or not shutil.which("setpriv"):
        pytest.skip("no Python of this version that an ordinary user may run, or no setpriv")
    shutil.copytree(ROOT / "peersupport/database", packages / "peersupport/database")
    shutil.copytree(ROOT / "deploy", packages / "deploy")
    site = Path(psycopg.__file__).parents[1]
    for pattern in ("psycopg", "psycopg_binary*", "typing_extensions.py"):
        for found in site.glob(pattern):
            (shutil.copytree if found.is_dir() else shutil.copy)(found, packages / found.name)
    for path in (packages, *packages.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return python


@pytest.mark.full  # a minute: the end is tried at forty moments of the very first start
def test_an_end_at_any_moment_of_the_start_leaves_nothing(checkout, use):
    for step in range(40):
        folder = checkout / str(step)
        folder.mkdir()
        process = use(folder)
        time.sleep(0.05 * step)
        process.send_signal([signal.SIGTERM, signal.SIGINT][step % 2])
        end(process)
        assert_gone(folder)
        following = use(folder)
        assert ask(urls_of(following).web, "SELECT 1") == (1,)
        end(following)
        assert_gone(folder)


@pytest.mark.full  # half a minute: many processes on a busy server
def test_many_that_come_and_go_are_never_without_a_server(checkout, use):
    for _round in range(5):
        processes = [use(checkout) for _ in range(6)]
        for process in processes:
            assert ask(urls_of(process).web, "SELECT 1") == (1,)
            end(process)
        assert_gone(checkout)
