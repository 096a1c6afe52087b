"""The embedded server shared by all processes of a checkout.

Each process holds a shared lock on a file as long as it uses the server, and the last one to leave stops
it. The kernel gives such a lock back however a process ends, so even kill -9 leaves no wrong count: at worst
the server waits, used by nobody, until the next process joins it and later leaves it.
"""

import atexit
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from peersupport.database import roles
from peersupport.database.errors import DatabaseUnavailable
from peersupport.database.home import ROLES, SUPERUSER, Home, choose
from peersupport.database.server import Server

PATIENCE = 180.0  # seconds to wait for another process that is starting or stopping the server


@dataclass(frozen=True)
class Joined:
    """That this process uses a server, and the lock that says so."""

    server: Server
    share: IO[str]
    pid: int  # a forked child inherits the object, but not the duty to leave


_joined: Joined | None = None


def join(base_dir: Path) -> dict[str, str]:
    """Use the checkout's server, started when it does not run; the URLs for web, owner and job.

    The process leaves it at exit and when told to end by SIGTERM or SIGHUP. Raises DatabaseUnavailable.
    """
    global _joined
    _leave_when_ended()
    try:
        with _uninterrupted():
            server = Server(choose(base_dir))
            with _alone(server.home):
                share = (server.home.folder / "users.lock").open("a")
                fcntl.flock(share, fcntl.LOCK_SH)
                _joined = Joined(server, share, os.getpid())
                port = _running(server)
    except PermissionError as error:
        raise DatabaseUnavailable(
            f"{error.filename} is closed to this user: another one made it, or the checkout is read-only. "
            "Use a checkout of your own, or set DATABASE_URL."
        ) from error
    return {word: server.url(role, roles.DATABASE, port) for word, role in ROLES.items()}


def leave() -> None:
    """Stop using the server, and stop it if nobody else uses it. Does nothing where nothing was joined."""
    global _joined
    joined, _joined = _joined, None
    if joined is None or joined.pid != os.getpid():
        return
    with _uninterrupted() as waiting:
        try:
            with _alone(joined.server.home):
                joined.share.close()
                if _is_unused(joined.server.home):
                    joined.server.stop()
        except FileNotFoundError:
            pass  # somebody removed the folder; PostgreSQL notices within a minute and ends by itself
        except DatabaseUnavailable as error:
            print(error, file=sys.stderr)
        waiting.clear()  # we are ending already


def renew() -> None:
    """Empty the database of the server this process has joined, for everybody who uses it."""
    if _joined is None:
        raise DatabaseUnavailable(
            "Only the embedded database can be renewed, and DATABASE_URL names another one. "
            "Unset it, or empty that database yourself."
        )
    server = _joined.server
    with _alone(server.home):
        superuser = server.url(SUPERUSER, "postgres", server.port() or server.start())
        roles.drop_database(superuser)
        roles.prepare(superuser, server.home.passwords())


def _running(server: Server) -> int:
    """The port of the server with all its roles, started when it did not run."""
    port = server.port()
    was_running = port is not None
    if port is None:
        port = server.start()
    superuser = server.url(SUPERUSER, "postgres", port)
    # Whoever started it may have been killed before the roles were made.
    if not (was_running and roles.is_prepared(superuser)):
        roles.prepare(superuser, server.home.passwords())
    return port


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Hold the one lock under which the server is started and stopped."""
    with (home.folder / "start.lock").open("a") as file:
        deadline = time.monotonic() + PATIENCE
        while not _locked(file):
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    f"Another process has been starting or stopping the PostgreSQL of {home.folder} for "
                    f"{PATIENCE:.0f} seconds. End it (fuser {file.name} names it) and try again."
                )
            time.sleep(0.05)
        yield


def _is_unused(home: Home) -> bool:
    with (home.folder / "users.lock").open("a") as file:
        return _locked(file)


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _leave_when_ended() -> None:
    """Leave at exit, and at the signals that by default end a process without its exit handlers."""
    atexit.register(leave)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _leave_and_end)


def _leave_and_end(number: int, _frame: FrameType | None) -> None:
    leave()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


@contextmanager
def _uninterrupted() -> Iterator[list[int]]:
    """Let the signals that would end us wait for the end of a start or stop, so that none stays half done."""
    waiting: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield waiting
        return
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    # None stands for a handler that Python did not set and could not put back.
    before = {number: handler for number in ending if (handler := signal.getsignal(number)) is not None}
    for number in before:
        signal.signal(number, lambda number, _frame: waiting.append(number))
    try:
        yield waiting
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for held_back in waiting:
            signal.raise_signal(held_back)
