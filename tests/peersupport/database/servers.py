"""Real processes that use a real embedded PostgreSQL, each in a checkout of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from peersupport import database

ROOT = Path(__file__).resolve().parents[3]
IS_ROOT = os.geteuid() == 0
USER = """
import sys
from pathlib import Path
from peersupport import database
urls = database.locate(Path(sys.argv[1]))
print(*urls, flush=True)
sys.stdin.read()
"""


def start(folder, *, python=(sys.executable,), **settings):
    """A process that uses the server of the folder until its input is closed."""
    environment = {k: v for k, v in os.environ.items() if k not in database.VARIABLES.values()}
    return subprocess.Popen(
        [*python, "-c", USER, folder],
        env=environment | {"PYTHONPATH": str(ROOT), "PEERSUPPORT_PG_FAST": "1"} | settings,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def urls_of(process):
    """What the process was given; waits until it has its server."""
    words = process.stdout.readline().split()
    assert len(words) == 3, process.stderr.read()
    return database.Urls(*words)


def end(process):
    process.communicate(timeout=60)
    return process.returncode


def open_folder():
    """A folder everybody may enter; pytest's own are closed to root's server."""
    folder = Path(tempfile.mkdtemp(prefix="peersupport-test-"))
    folder.chmod(0o755)
    return folder


def remove(folder):
    kill(folder)
    shutil.rmtree(folder)


def kill(folder):
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)


def processes_of(folder):
    """The servers and helpers that run in a folder. A zombie runs nowhere, so it is not counted."""
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
