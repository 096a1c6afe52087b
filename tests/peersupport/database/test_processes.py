"""The embedded PostgreSQL starts once, stays while it is used, and leaves no process however that ends."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from peersupport.database import home, programs

from .servers import IS_ROOT, ROOT, ask, assert_gone, end, postmaster, processes_of, urls_of

pytestmark = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are counted in /proc")


def test_four_starts_at_once_make_one_server_for_all(empty_checkout, use):
    processes = [use(empty_checkout) for _ in range(4)]
    urls = {urls_of(process) for process in processes}
    assert len(urls) == 1
    assert ask(urls.pop().web, "SELECT current_user") == ("peersupport_web",)
    assert [end(process) for process in processes] == [0, 0, 0, 0]
    assert_gone(empty_checkout)


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
    ask(urls_of(first).owner, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number")
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
    owner = file.parent.stat()
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid if IS_ROOT else None) as bystander:
        file.write_text("\n".join([str(bystander.pid), *stale[1:], ""]))
        os.chown(file, owner.st_uid, owner.st_gid)
        second = use(checkout)
        urls_of(second)
        end(second)
        assert bystander.poll() is None
        bystander.kill()
    assert_gone(checkout)


@pytest.mark.skipif(
    not IS_ROOT, reason="only root's server runs as another account, which closed folders stop"
)
def test_below_a_closed_folder_root_runs_in_a_folder_of_the_system(empty_checkout, use):
    project = empty_checkout / "closed" / "project"
    project.mkdir(parents=True)
    project.parent.chmod(0o700)
    base, folders = programs.installation(programs.find())
    for folder in folders:
        shutil.copytree(folder, project / "packages" / folder.name, symlinks=True)
    bindir = str(project / "packages" / programs.find().relative_to(base))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in project.parents]
    folder = home.system_folder(project)
    try:
        for _twice in range(2):
            process = use(project, PG_BINDIR=bindir)
            assert ask(urls_of(process).web, "SELECT 1") == (1,)
            assert len(list(folder.glob("programs-*"))) == 1
            end(process)
            assert_gone(folder)
        data = (folder / "data").stat()
        assert (stat.S_IMODE(data.st_mode), data.st_uid) == (0o700, pwd.getpwnam("nobody").pw_uid)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755
        assert not (project / ".pgdata").exists()
        assert modes == [stat.S_IMODE(path.stat().st_mode) for path in project.parents]
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(not IS_ROOT, reason="the other tests already run as an ordinary user")
def test_an_ordinary_user_runs_the_server_as_itself(empty_checkout, use):
    packages = empty_checkout / "packages"
    python = python_for_everybody(packages)
    nobody = pwd.getpwnam("nobody")
    project = empty_checkout / "project"
    project.mkdir()
    os.chown(project, nobody.pw_uid, nobody.pw_gid)
    as_nobody = ["setpriv", "--reuid=nobody", f"--regid={nobody.pw_gid}", "--clear-groups", python]
    process = use(project, python=as_nobody, PYTHONPATH=str(packages))
    assert ask(urls_of(process).web, "SELECT 1") == (1,)
    assert (project / ".pgdata/passwords.json").stat().st_uid == nobody.pw_uid
    process.send_signal(signal.SIGTERM)
    end(process)
    assert_gone(empty_checkout)
    # Root afterwards leaves the data to the user who made them.
    again = use(project)
    urls_of(again)
    assert Path(f"/proc/{postmaster(project)}").stat().st_uid == nobody.pw_uid
    end(again)
    assert_gone(empty_checkout)


def python_for_everybody(packages):
    """The system's Python of our own version, with what the database package needs in an open folder."""
    python = shutil.which(
        f"python{sys.version_info[0]}.{sys.version_info[1]}", path="/usr/bin:/usr/local/bin"
    )
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


@pytest.mark.full  # two minutes: the end is tried at forty moments of the very first start
def test_an_end_at_any_moment_of_the_start_leaves_nothing(empty_checkout, use):
    for step in range(40):
        folder = empty_checkout / str(step)
        folder.mkdir()
        process = use(folder)
        time.sleep(0.04 * step)
        process.send_signal([signal.SIGTERM, signal.SIGINT][step % 2])
        end(process)
        assert_gone(folder)
        following = use(folder)
        assert ask(urls_of(following).web, "SELECT 1") == (1,)
        end(following)
        assert_gone(folder)


@pytest.mark.full  # half a minute: many processes, on a server that starts and stops all the time
def test_many_that_come_and_go_are_never_without_a_server(checkout, use):
    for _round in range(5):
        processes = [use(checkout) for _ in range(6)]
        for process in processes:
            assert ask(urls_of(process).web, "SELECT 1") == (1,)
            end(process)
        assert_gone(checkout)
