"""Two servers of the same kind, and a browser that costs as little as possible itself."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
READY_WITHIN = 30.0  # seconds


class NotTheAnswer(Exception):
    """A server answered with another status than a page that works has."""


class Browser:
    """One connection that is kept, as a wire of bytes: http.client's own work would count on both sides."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.wire = self._connect()

    def _connect(self) -> socket.socket:
        wire = socket.create_connection((HOST, self.port), timeout=20)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return wire

    def ask(self, request: bytes) -> tuple[float, bytes]:
        """Seconds until the whole answer was there, and the answer. A closed connection is opened before."""
        self.reconnect_when_closed()
        started = time.perf_counter()
        self.wire.sendall(request)
        answer = self._read()
        return time.perf_counter() - started, answer

    def _read(self) -> bytes:
        """One answer: as long as its head says, or in chunks up to the empty one."""
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        while len(body) < int(length[1]) if length else not (b"\r\n" + body).endswith(b"\r\n0\r\n\r\n"):
            body += self._more()
        return head + b"\r\n\r\n" + body

    def _more(self) -> bytes:
        received = self.wire.recv(65_536)
        if not received:
            raise NotTheAnswer("The server closed the connection in the middle of an answer.")
        return received

    def reconnect_when_closed(self) -> None:
        self.wire.setblocking(False)
        try:
            is_closed = self.wire.recv(1) == b""
        except BlockingIOError:
            is_closed = False
        self.wire.settimeout(20)
        if is_closed:
            self.wire = self._connect()


def get(path: str, cookies: str = "") -> bytes:
    """The bytes of a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\n\r\n".encode()


def post(path: str, fields: dict[str, str], cookies: str = "") -> bytes:
    """The bytes of a form being sent."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def our_server() -> Iterator[Browser]:
    """The service, signed in as the web role, with everything a page of production goes through."""
    environment = os.environ | {"DATABASE_ROLE": "web"}
    environment.pop("DATABASE_OWNER_URL")
    with _server("peersupport.wsgi:application", environment, "/health/live/") as browser:
        yield browser


@contextmanager
def bare_limit() -> Iterator[Browser]:
    """What `benchmarks.limit` serves."""
    with _server("benchmarks.limit:application", dict(os.environ), "/dashboard/0/") as browser:
        yield browser


@contextmanager
def _server(application: str, environment: dict[str, str], path: str) -> Iterator[Browser]:
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603  our own command, no shell
        [
            *(sys.executable, "-m", "gunicorn", application, f"--bind={HOST}:{port}", "--keep-alive=30"),
            *("--worker-class=gthread", "--workers=1", "--threads=4"),
            *("--log-level=warning", "--no-control-socket"),
        ],
        cwd=BASE_DIR,
        env={name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
    try:
        yield _ready(process, port, path)
    finally:
        process.terminate()
        process.wait(20)


def _ready(process: subprocess.Popen[bytes], port: int, path: str) -> Browser:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            browser = Browser(port)
            browser.ask(get(path))
        except (OSError, NotTheAnswer):
            time.sleep(0.1)
        else:
            return browser
    raise NotTheAnswer("A server did not start; its words are above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
