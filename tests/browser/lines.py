"""The line between a phone and the server, which a test cuts: a real one, so the service worker loses it too."""

import select
import socket
import threading
from urllib.parse import urlsplit


class Line:
    """Passes everything on to the server while `is_cut` is False.

    `is_deaf`: requests arrive, and no answer ever comes back, as when the network goes down in between.
    """

    def __init__(self, server_url: str) -> None:
        target = urlsplit(server_url)
        self.target = (target.hostname or "localhost", target.port or 80)
        self.is_cut = self.is_deaf = False
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """From now on nobody gets through, and those who were through are not any more."""
        self.is_cut = True
        self._drop()

    def mend(self) -> None:
        self.is_cut = self.is_deaf = False
        self._drop()

    def close(self) -> None:
        self._listener.close()
        self._drop()

    def _drop(self) -> None:
        for one in list(self._open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _listen(self) -> None:
        while True:
            try:
                phone, _ = self._listener.accept()
            except OSError:
                return
            if self.is_cut:
                phone.close()
            else:
                threading.Thread(target=self._pass_on, args=(phone,), daemon=True).start()

    def _pass_on(self, phone: socket.socket) -> None:
        with phone, socket.create_connection(self.target) as server:
            ends = {phone: server, server: phone}
            self._open |= set(ends)
            try:
                while self._pass_once(ends, server):
                    pass
            except OSError:
                pass
            finally:
                self._open -= set(ends)

    def _pass_once(self, ends: dict[socket.socket, socket.socket], server: socket.socket) -> bool:
        for one in select.select(list(ends), [], [])[0]:
            data = one.recv(65536)
            if not data or (one is server and self.is_deaf):
                return False
            ends[one].sendall(data)
        return True
