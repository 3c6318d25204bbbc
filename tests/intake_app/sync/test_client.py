"""Whatever answers instead of the hub, the device gets one of our errors and its token goes nowhere else."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest
from pypac.parser import PACFile

from intake_app.documents import Document
from intake_app.errors import (
    DeviceRevoked,
    EnrolmentRefused,
    HubAnswerUnreadable,
    HubNotTrusted,
    HubRefused,
    HubTimedOut,
    IntakeError,
    NotEnrolled,
    Offline,
    SignInRefused,
)
from intake_app.sync.client import HubClient
from intake_app.sync.protocol import EnrolRequest
from intake_app.sync.web import TimeOuts, open_web, proxy_named, trusted
from tests.hub.certificates import self_signed_certificate

SHORT = TimeOuts(connect=2, answer=0.3, whole=0.6)
DOCUMENT = Document("organisation", "record", "d-1", "m-1", "{}")


class Answering:
    """A server that takes one request after the other and answers each with the bytes it was given."""

    def __init__(self, answer: bytes, hang: bool = False) -> None:
        self.received: list[bytes] = []
        self._answer = answer
        self._hang = hang
        self._let_go = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            with connection:
                self.received.append(_request(connection))
                connection.sendall(self._answer)
                if self._hang:
                    self._let_go.wait(20)

    def close(self) -> None:
        self._let_go.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(20)


def _request(connection: socket.socket) -> bytes:
    text = b""
    while b"\r\n\r\n" not in text:
        text += connection.recv(65_536)
    head, _gap, body = text.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            while len(body) < int(line.partition(b":")[2]):
                body += connection.recv(65_536)
    return text


@contextmanager
def answering(answer: bytes, hang: bool = False) -> Iterator[tuple[Answering, HubClient]]:
    server = Answering(answer, hang)
    try:
        with open_web(server.url, SHORT) as http:
            yield server, HubClient(server.url, "organisation.secret", http, SHORT)
    finally:
        server.close()


def http_answer(status: str, body: bytes, kind: str = "application/json", more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close"
    )
    return head.encode() + b"\r\n\r\n" + body


PAGE = b'{"scope": "s", "documents": [], "next": 0, "more": false, "rescope": false}'

ANSWERS: dict[str, tuple[bytes, type[IntakeError], dict[str, object]]] = {
    "nothing": (b"", HubAnswerUnreadable, {"reason": "cut_off"}),
    "no HTTP": (b"220 mail ready\r\n\r\n", HubAnswerUnreadable, {"reason": "cut_off"}),
    "a body cut off": (http_answer("200 OK", PAGE)[:-9], HubAnswerUnreadable, {"reason": "cut_off"}),
    "a head cut off": (b"HTTP/1.1 200 OK\r\nContent-", HubAnswerUnreadable, {"reason": "cut_off"}),
    "JSON cut off": (http_answer("200 OK", PAGE[:-9]), HubAnswerUnreadable, {"reason": "message: json"}),
    "garbage": (http_answer("200 OK", b"\xff\x00\x13"), HubAnswerUnreadable, {"reason": "message: json"}),
    "another JSON": (http_answer("200 OK", b"[1]"), HubAnswerUnreadable, {"reason": "message: json"}),
    "deep JSON": (http_answer("200 OK", b"[" * 90_000), HubAnswerUnreadable, {"reason": "message: json"}),
    "a cursor that is no number": (
        http_answer("200 OK", PAGE.replace(b'"next": 0', b'"next": "0"')),
        HubAnswerUnreadable,
        {"reason": "message: next"},
    ),
    "broken compression": (
        http_answer("200 OK", b"not gzip", more="Content-Encoding: gzip\r\n"),
        HubAnswerUnreadable,
        {"reason": "encoding"},
    ),
    "the page of a captive portal": (
        http_answer("200 OK", b"<html>Welcome to the hotel</html>", "text/html"),
        HubAnswerUnreadable,
        {"reason": "not_a_hub"},
    ),
    "a redirect": (
        http_answer("302 Found", b"", more="Location: http://127.0.0.1:9/v1/pull\r\n"),
        HubAnswerUnreadable,
        {"reason": "redirect"},
    ),
    "a gateway's error page": (
        http_answer("502 Bad Gateway", b"<html>nginx</html>", "text/html"),
        HubAnswerUnreadable,
        {"reason": "not_a_hub"},
    ),
    "a gateway's time-out": (http_answer("504 Gateway Timeout", b"", "text/html"), HubTimedOut, {}),
    "a proxy's size limit": (
        http_answer("413 Too Large", b"<html></html>", "text/html"),
        HubRefused,
        {"code": "request_too_large", "status": 413},
    ),
    "an unknown token": (http_answer("401 No", b'{"code": "token_unknown"}'), SignInRefused, {}),
    "revoked": (http_answer("403 No", b'{"code": "device_revoked", "details": {}}'), DeviceRevoked, {}),
    "busy": (http_answer("503 No", b'{"code": "busy"}'), HubRefused, {"code": "busy", "status": 503}),
    "an error of a newer hub": (
        http_answer("418 No", b'{"code": "teapot", "details": {"x": 1}}'),
        HubRefused,
        {"code": "teapot", "status": 418},
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_that_is_not_the_hubs_becomes_one_of_our_errors(name: str) -> None:
    answer, expected, details = ANSWERS[name]
    with answering(answer) as (_server, client), pytest.raises(expected) as raised:
        client.pull(0, "")
    assert type(raised.value) is expected
    assert raised.value.details == details
    with answering(answer) as (_server, client), pytest.raises(expected):
        client.push([DOCUMENT])


def test_a_hub_that_never_answers_times_out() -> None:
    with answering(b"", hang=True) as (_server, client), pytest.raises(HubTimedOut):
        client.pull(0, "")


def test_a_hub_that_stops_in_the_middle_times_out() -> None:
    cut = http_answer("200 OK", PAGE)[:-9]
    with answering(cut, hang=True) as (_server, client), pytest.raises(HubTimedOut):
        client.pull(0, "")


def test_a_hub_that_drips_bytes_times_out_as_a_whole() -> None:
    ticks = iter(range(0, 100_000, 50))
    with answering(http_answer("200 OK", PAGE)) as (server, _client), open_web(server.url, SHORT) as http:
        client = HubClient(server.url, "t", http, SHORT, seconds=lambda: next(ticks))
        with pytest.raises(HubTimedOut):
            client.pull(0, "")


def test_no_hub_at_all_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
    with open_web(url, SHORT) as http, pytest.raises(Offline):
        HubClient(url, "t", http, SHORT).pull(0, "")


def test_a_name_that_does_not_resolve_is_offline() -> None:
    url = "https://hub.invalid"
    with open_web(url, SHORT) as http, pytest.raises(Offline):
        HubClient(url, "t", http, SHORT).pull(0, "")


def test_the_token_does_not_follow_a_redirect() -> None:
    with answering(http_answer("200 OK", PAGE)) as (elsewhere, _client):
        redirect = http_answer("307 Go", b"", more=f"Location: {elsewhere.url}/v1/push\r\n")
        with answering(redirect) as (_server, client), pytest.raises(HubAnswerUnreadable):
            client.push([DOCUMENT])
        assert elsewhere.received == []


def test_enrolling_sends_no_token() -> None:
    refusal = b'{"code": "code_refused", "details": {"reason": "expired"}}'
    with answering(http_answer("403 No", refusal)) as (server, client):
        with pytest.raises(EnrolmentRefused) as refused:
            client.enrol(EnrolRequest("1234", "d-1"))
        assert refused.value.details == {"reason": "expired"}
        assert b"secret" not in server.received[0]


def test_without_a_token_nothing_is_sent() -> None:
    with answering(http_answer("200 OK", PAGE)) as (server, _client), open_web(server.url, SHORT) as http:
        with pytest.raises(NotEnrolled):
            HubClient(server.url, "", http, SHORT).pull(0, "")
        assert server.received == []


@pytest.mark.parametrize(
    "url",
    [
        "http://hub.example.org",
        "http://10.0.0.7:8470",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://127.0.0.1",
        "hub.example.org",
        "",
        "https://",
        "https://name:word@hub.example.org",
        "https://hub.example.org/?x=1",
        "http://[::1",
    ],
)
def test_an_address_without_tls_is_refused_unless_it_is_this_computer(url: str) -> None:
    with pytest.raises(HubNotTrusted):
        trusted(url)
    with httpx2.Client() as http, pytest.raises(HubNotTrusted):
        HubClient(url, "t", http)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (" https://hub.example.org/ ", "https://hub.example.org"),
        ("https://hub.example.org:8443/intake/", "https://hub.example.org:8443/intake"),
        ("http://127.0.0.1:8470", "http://127.0.0.1:8470"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8470", "http://[::1]:8470"),
        ("http://localhost:8470/", "http://localhost:8470"),
    ],
)
def test_an_address_with_tls_or_on_this_computer_is_taken(url: str, kept: str) -> None:
    assert trusted(url) == kept


@pytest.mark.parametrize(
    ("answer", "proxy"),
    [
        ("PROXY p.example:8080; DIRECT", "http://p.example:8080"),
        ("SOCKS s.example:1080; PROXY p.example:8080", "http://p.example:8080"),
        ("HTTPS q.example:443", "https://q.example:443"),
        ("DIRECT; PROXY p.example:8080", None),
        ("SOCKS s.example:1080", None),
        ("rubbish", None),
        ("", None),
    ],
)
def test_the_automatic_proxy_configuration_is_followed(answer: str, proxy: str | None) -> None:
    pac = PACFile(
        f"function FindProxyForURL(url, host) {{ return host == 'hub.example' ? '{answer}' : 'x'; }}"
    )
    assert proxy_named(pac, "https://hub.example:8443") == proxy


def test_an_automatic_configuration_that_fails_means_a_direct_way() -> None:
    pac = PACFile("function FindProxyForURL(url, host) { return host == 'hub.example' ? no.such : 'x'; }")
    assert proxy_named(pac, "https://hub.example") is None


def test_a_certificate_that_the_system_does_not_trust_is_named(self_signed: Callable[[], str]) -> None:
    url = self_signed()
    with open_web(url, TimeOuts(connect=5, answer=5)) as http, pytest.raises(HubNotTrusted) as refused:
        HubClient(url, "t", http).pull(0, "")
    assert refused.value.details == {"url": url}


@pytest.fixture
def self_signed(tmp_path) -> Iterator[Callable[[], str]]:
    pem = self_signed_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    yield lambda: f"https://localhost:{listening.getsockname()[1]}"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(20)
