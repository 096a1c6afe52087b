"""The whole service on one machine, with invented people: what `make demo` runs."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.translation.reloader import translation_file_changed

from peersupport import database
from peersupport.demo import story
from peersupport.demo.cast import SIGN_INS
from peersupport.demo.factories import PASSWORD
from peersupport.lib.translations.catalogues import compile_all

HOST = "127.0.0.1"
READY_WITHIN = 60  # seconds
STOPPED_WITHIN = 10


class Command(BaseCommand):
    help = "Serves the demo on this machine until Ctrl-C. Its data stay for the next time."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away and begin anew")

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGHUP):  # so that what is below "finally" is done
            signal.signal(number, _exit)
        started = time.monotonic()
        _refuse_busy_port(options["port"])
        children: list[subprocess.Popen[bytes]] = []
        try:
            self.prepare(f"http://{HOST}:{options['port']}", is_fresh=options["reset"])
            with self.step("Starting the web server"):
                children.append(_web_server(options["port"]))
                _wait_until_ready(children[0], options["port"])
            with self.step("Starting the worker"):
                children.append(_worker(options["port"]))
            self.welcome(options["port"], time.monotonic() - started)
            _wait_for_an_end(children)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            _stop(children)

    def prepare(self, site: str, *, is_fresh: bool) -> None:
        """Database, people, texts and static files, as far as they are missing."""
        with self.step("Compiling translations"):  # first: the story sends mail
            for compiled in compile_all(Path(settings.LOCALE_PATHS[0])):
                translation_file_changed(None, compiled)  # what this process has read is read anew
        with self.step("Finding PostgreSQL"):
            if is_fresh:
                _renew_database()
            connection.ensure_connection()
        with self.step("Making the tables"):
            call_command("migrate", interactive=False, verbosity=0)
        if not get_user_model()._default_manager.exists():
            with self.step("Inventing people and a school year"):
                story.tell(self.stdout.write, site)
        with self.step("Collecting static files"):
            _collect_static_files()

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Say what is being done, and afterwards how long it took."""
        started = time.monotonic()
        self.stdout.write(f"{words} ...")
        self.stdout.flush()
        yield
        self.stdout.write(f"  {time.monotonic() - started:.1f} s")

    def welcome(self, port: int, seconds: float) -> None:
        """Who can sign in, and where."""
        width = max(len(sign_in.email) for sign_in in SIGN_INS)
        self.stdout.write(f"\nReady after {seconds:.0f} s: http://{HOST}:{port}/\n")
        self.stdout.write(f"Everybody in it is invented. Sign in with the password {PASSWORD} as")
        for sign_in in SIGN_INS:
            self.stdout.write(f"  {sign_in.email:{width}}  {sign_in.role}: {sign_in.who}")
        self.stdout.write("\nCtrl-C stops it. The data stay for the next time; make demo-reset begins anew.")
        self.stdout.flush()


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). If a demo runs already, it is at "
                f"http://{HOST}:{port}/. Otherwise choose another port: make demo PORT={port + 1}"
            ) from error


def _renew_database() -> None:
    connections.close_all()
    try:
        database.renew()
    except database.DatabaseUnavailable as error:
        raise CommandError(str(error)) from error


def _collect_static_files() -> None:
    """Collect when a source has changed since the last time, which takes longer than looking."""
    sources = sorted(storage.path(name) for finder in get_finders() for name, storage in finder.list(None))
    states = [(path, (state := os.stat(path)).st_mtime_ns, state.st_size) for path in sources]
    digest = hashlib.sha256(repr(states).encode()).hexdigest()
    mark = Path(settings.STATIC_ROOT) / "sources.sha256"
    if not mark.exists() or mark.read_text() != digest:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(digest)


def _web_server(port: int) -> subprocess.Popen[bytes]:
    """The server of production, in small. It signs in as the web role, which cannot pass the second lock."""
    return subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "peersupport.wsgi:application", f"--bind={HOST}:{port}"),
            *("--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=warning"),
            *("--graceful-timeout=5", "--no-control-socket"),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_ROLE": "web", "PEERSUPPORT_DEMO": "1"},
    )


def _worker(port: int) -> subprocess.Popen[bytes]:
    """Sends the demo's mail to nobody but the page that shows it, as the worker's own role."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_ROLE": "job", "PEERSUPPORT_DEMO": "1", "SITE_URL": f"http://{HOST}:{port}"},
    )


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CommandError(f"The web server ended with code {server.returncode}; its words are above.")
        if _is_ready(port):
            return
        time.sleep(0.2)
    raise CommandError(f"The web server did not answer within {READY_WITHIN} s.")


def _is_ready(port: int) -> bool:
    asked = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        asked.request("GET", "/health/ready/")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _wait_for_an_end(children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    raise CommandError("A part of the demo ended by itself; its words are above.")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """All of them at once, and by force those that take too long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
