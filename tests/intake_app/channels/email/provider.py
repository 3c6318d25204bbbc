"""A provider of sign-ins that keeps to RFC 8628 over a real line, with a person at its page."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

APPLICATION = "7d1f5a60-0000-4000-8000-000000000001"


@dataclass
class Provider:
    """``answers``: what asking for the tokens is answered, in this order, before the person has agreed."""

    address: str = ""
    token: Callable[[], str] = lambda: "an access token"
    answers: list[str] = field(default_factory=list)
    page: str = "https://provider.example/device"
    asked: list[dict[str, str]] = field(default_factory=list)
    refresh: str = "refresh 1"
    every: float = 5
    breaks: int = 0
    """So many requests for tokens are cut off."""

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, object]:
        self.asked.append(asked)
        if asked.get("client_id") != APPLICATION:
            return 400, {"error": "unauthorized_client", "error_description": "Zofia may not"}
        if path == "/devicecode":
            code = {
                "device_code": "secret",
                "user_code": "ABCD1234",
                "expires_in": 60,
                "interval": self.every,
            }
            return 200, code | {"verification_uri": self.page}
        if self.answers:
            return 400, {"error": self.answers.pop(0)}
        if asked["grant_type"] == "refresh_token":
            if asked["refresh_token"] != self.refresh:
                return 400, {"error": "invalid_grant"}
            self.refresh = f"refresh {int(self.refresh.split()[1]) + 1}"
        return 200, {"access_token": self.token(), "refresh_token": self.refresh, "expires_in": 3600}


@contextmanager
def provider() -> Iterator[Provider]:
    """On this computer, at ``address``, until the block ends."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked = {name: one[0] for name, one in parse_qs(self.rfile.read(length).decode()).items()}
            if made.breaks and self.path == "/token":
                made.breaks -= 1
                self.close_connection = True
                return
            status, values = made.answer(self.path, asked)
            body = values if isinstance(values, bytes) else json.dumps(values).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
