"""A line between device and hub that breaks at a chosen request, in a chosen way."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Cut(StrEnum):
    """How far the request and its answer came."""

    UNSENT = "unsent"
    HALF_REQUEST = "half of the request"
    ANSWER_LOST = "answer lost"
    HALF_ANSWER = "half of the answer"


class CuttingProxy(socketserver.ThreadingTCPServer):
    """Forwards to ``hub_url``. ``cut`` breaks the ``nth`` request from now on that goes to ``path``."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, hub_url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        host, _colon, port = hub_url.removeprefix("http://").rpartition(":")
        self.hub = (host, int(port))
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.cuts = 0
        self._plan: tuple[str, Cut] | None = None
        self._left = 0
        self._lock = threading.Lock()

    def cut(self, path: str, how: Cut, nth: int = 1) -> None:
        with self._lock:
            self._plan, self._left, self.cuts = (path, how), nth, 0

    def mend(self) -> None:
        with self._lock:
            self._plan = None

    def fate(self, path: str) -> Cut | None:
        with self._lock:
            if self._plan is None or not path.startswith(self._plan[0]):
                return None
            self._left -= 1
            if self._left > 0:
                return None
            self.cuts += 1
            return self._plan[1]


class _Connection(socketserver.BaseRequestHandler):
    """Of one device; each request goes to the hub over a connection of its own."""

    server: CuttingProxy

    def handle(self) -> None:
        while (request := _message(self.request)) is not None:
            path = request.split(b" ", 2)[1].decode()
            fate = self.server.fate(path)
            if fate is Cut.UNSENT:
                return
            with socket.create_connection(self.server.hub) as hub:
                if fate is Cut.HALF_REQUEST:
                    hub.sendall(request[: len(request) // 2])
                    return
                hub.sendall(request)
                answer = _message(hub)
            if answer is None or fate is Cut.ANSWER_LOST:
                return
            if fate is Cut.HALF_ANSWER:
                self.request.sendall(answer[: len(answer) // 2])
                return
            self.request.sendall(answer)


def _message(sender: socket.socket) -> bytes | None:
    """A whole request or answer; None when the other side has gone."""
    text = b""
    while b"\r\n\r\n" not in text:
        with contextlib.suppress(ConnectionError):
            chunk = sender.recv(65_536)
            if chunk:
                text += chunk
                continue
        return None
    head, _blank, body = text.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        chunk = sender.recv(65_536)
        if not chunk:
            return None
        body += chunk
    return head + b"\r\n\r\n" + body


@contextmanager
def cutting_proxy(hub_url: str) -> Iterator[CuttingProxy]:
    with CuttingProxy(hub_url) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join(20)
