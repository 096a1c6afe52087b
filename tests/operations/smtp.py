"""Mail servers on loopback: one that keeps what it gets, one that is not there, one that never answers."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class MailServer:
    """What it was sent, in order; answers by recipient may be given in `answers`, and `greet` to senders."""

    def __init__(self) -> None:
        self.got: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.greet = "250 OK"
        self.pause_after: int | None = None  # set by a test: whoever comes after so many mails waits
        self.is_waiting = threading.Event()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.greet.startswith("2"):
            envelope.mail_from = address
        return self.greet

    async def handle_RCPT(self, server, session, envelope, address, options):
        import asyncio

        while self.pause_after is not None and len(self.got) >= self.pause_after:
            self.is_waiting.set()
            await asyncio.sleep(0.02)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=default)
        self.got.append((envelope.rcpt_tos[0], message))
        return "250 taken"

    @property
    def addresses(self) -> list[str]:
        return [to for to, _message in self.got]

    @property
    def texts(self) -> list[str]:
        return [str(message) + message.get_content() for _to, message in self.got]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(port: int) -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop(no_assert=True)


@contextmanager
def black_hole(port: int) -> Iterator[socket.socket]:
    """Lets everybody in and never says a word."""
    with socket.socket() as hole:
        hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hole.bind(("127.0.0.1", port))
        hole.listen(16)
        yield hole
