"""One embedded PostgreSQL server: made, found, started, stopped. The caller holds the lock on its folder."""

import os
import shlex
import shutil
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from peersupport.database import programs
from peersupport.database.account import run
from peersupport.database.errors import DatabaseUnavailable
from peersupport.database.home import SUPERUSER, Home, within_reach

HOST = "127.0.0.1"
ANSWER_WITHIN = 60.0  # seconds a server may take to recover after a crash, on a busy laptop
STOP_WITHIN = 30.0
# Larger than any process number of Linux (2**22) and macOS (99 998).
NO_PROCESS = 2**22 + 1
PID_LINE, PORT_LINE = 0, 3  # of postmaster.pid

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    # What people write about pupils must not reach a log file: no statement, no parameter, no detail.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
}
# Tests throw their data away; nobody else may trade it for speed.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """The server of a home folder, whether it runs or not."""

    home: Home

    def url(self, role: str, database: str, port: int) -> str:
        """postgres:// URL of a PostgreSQL role (not of our three role words)."""
        return f"postgres://{role}:{self.home.passwords()[role]}@{HOST}:{port}/{database}"

    def port(self) -> int | None:
        """The port the server answers on; None when there is no server.

        Asked by connecting: the process number in postmaster.pid may be a zombie's or, after a power cut,
        anybody's. Raises DatabaseUnavailable when something listens there that never answers.
        """
        noted = self._noted(PORT_LINE)
        if noted is None:
            return None
        deadline = time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url(SUPERUSER, "postgres", noted), connect_timeout=5).close()
                return noted
            except psycopg.errors.ConnectionTimeout:
                pass  # stopped or swamped: a second server beside it would be worse than waiting
            except psycopg.OperationalError as error:
                if "the database system is" not in str(error):  # ... starting up, shutting down, in recovery
                    return None
            time.sleep(0.1)
        raise DatabaseUnavailable(f"The PostgreSQL of {self.home.data} on port {noted} does not answer.")

    def start(self) -> int:
        """Start the server, making its data first when there are none, and return its port.

        Raises DatabaseUnavailable with the end of the server's log when it will not start.
        """
        found = programs.find()
        bindir = within_reach(found, self.home)
        if not (self.home.data / "PG_VERSION").exists():
            self._make_data(bindir)
        self._refuse_other_version(programs.version(found))
        self._disown_pid_file()
        for _attempt in range(5):
            port = _free_port()
            if self._starts_on(port, bindir):
                return port
            time.sleep(0.5)  # the port was taken meanwhile, or a killed server's last process is not gone yet
        raise DatabaseUnavailable(f"PostgreSQL does not start.\n{self._end_of_log()}")

    def stop(self) -> None:
        """Stop the server, if it answers: at once for its clients, in order for its data.

        By signal and not by pg_ctl, because the programs may have been removed or renewed while it ran.
        """
        if self.port() is None:
            return
        for name in ("INT", "QUIT"):  # PostgreSQL's fast and immediate shutdown
            # As the server's account, so that root never signals a process that is not this server's.
            kill = f'kill -{name} "$1"'
            run("sh", "-c", kill, "sh", str(self._noted(PID_LINE)), account=self.home.account)
            deadline = time.monotonic() + STOP_WITHIN
            while time.monotonic() < deadline:
                if self._noted(PID_LINE) is None:
                    return
                time.sleep(0.02)
        raise DatabaseUnavailable(f"The PostgreSQL of {self.home.data} does not stop.")

    def _starts_on(self, port: int, bindir: Path) -> bool:
        command = (bindir / "pg_ctl", "start", "--wait", "--timeout=60", "--pgdata", self.home.data)
        options = ("--log", self.home.data / "server.log", "--options", _options(port))
        return run(*command, *options, account=self.home.account).returncode == 0

    def _noted(self, line: int) -> int | None:
        """A number from postmaster.pid, which is there while a server runs and after one was killed."""
        try:
            return int((self.home.data / "postmaster.pid").read_text().splitlines()[line])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _make_data(self, bindir: Path) -> None:
        print(
            f"PostgreSQL: making a new database in {self.home.folder} ...",
            file=sys.stderr,
            flush=True,
        )
        # Renamed when whole, so that a start killed half-way leaves no half-made data.
        scratch = self.home.folder / "unfinished"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        password = scratch / "password"
        password.touch(mode=0o600)
        password.write_text(self.home.passwords()[SUPERUSER])
        if account := self.home.account:
            for path in (scratch, password):
                os.chown(path, account.uid, account.gid)
        command = (bindir / "initdb", "--pgdata", scratch / "data", "--username", SUPERUSER)
        options = ("--pwfile", password, "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8")
        answer = run(*command, *options, *_locale(), account=self.home.account)
        if answer.returncode != 0:
            raise DatabaseUnavailable(f"PostgreSQL could not make its data.\n{answer.stdout}")
        (scratch / "data").rename(self.home.data)
        shutil.rmtree(scratch)

    def _refuse_other_version(self, ours: int | None) -> None:
        theirs = (self.home.data / "PG_VERSION").read_text().strip()
        if theirs != str(ours):
            raise DatabaseUnavailable(
                f"The data in {self.home.folder} were made by PostgreSQL {theirs}, the programs here are "
                f"PostgreSQL {ours}. Remove that folder to begin again, or set PG_BINDIR to the old programs."
            )

    def _disown_pid_file(self) -> None:
        """Put a number no process has into the postmaster.pid of a server that does not answer.

        A killed server's number may be a zombie's or reused, and PostgreSQL would refuse to start beside it.
        The rest of the file stays: by it PostgreSQL itself makes sure that nothing of the old server is left.
        """
        if self._noted(PID_LINE) is None:
            return
        file = self.home.data / "postmaster.pid"
        lines = [str(NO_PROCESS), *file.read_text().splitlines()[1:], ""]
        # The folder is the server account's: root must not be led elsewhere by a link in it.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW), "w") as stale:
            stale.write("\n".join(lines))

    def _end_of_log(self) -> str:
        log = self.home.data / "server.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def _options(port: int) -> str:
    settings = SETTINGS | (FAST_SETTINGS if os.environ.get("PEERSUPPORT_PG_FAST") == "1" else {})
    return shlex.join(["-p", str(port), *(f"--{name}={value}" for name, value in settings.items())])


def _locale() -> list[str]:
    # Sorted by code point, but å ä ö are letters; macOS has no C.UTF-8 of its own.
    return ["--locale=en_US.UTF-8", "--lc-collate=C"] if sys.platform == "darwin" else ["--locale=C.UTF-8"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
