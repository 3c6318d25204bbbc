"""A shared mailbox on a real Dovecot, and a colleague's mail program beside ours."""

import imaplib
import os
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake_app.channels.email.mailbox import Account, OpenMailbox, open_mailbox
from tests import dovecot
from tests.hub.certificates import self_signed_certificate

REQUIRED = os.environ.get("INTAKE_JOURNEYS") == "required"
"""What the tests need was installed, so that a missing server is a failure."""
needs_dovecot = pytest.mark.skipif(not dovecot.found() and not REQUIRED, reason="Dovecot is not installed")

WORDS = "Jeśli można: nikt nie oddzwonił."


@dataclass
class Office:
    """The server, what an office knows of it, and a colleague's own mail program (``other``)."""

    server: dovecot.DovecotServer
    account: Account
    tls: ssl.SSLContext
    certificate: Path
    other: imaplib.IMAP4_SSL

    def opened(
        self, secret: str = dovecot.PASSWORD, account: Account | None = None
    ) -> AbstractContextManager[OpenMailbox]:
        return open_mailbox(account or self.account, secret, self.tls)

    def arrives(self, number: int, day: str = "04-Nov-2026", body: str = WORDS) -> bytes:
        message = (
            f"From: =?utf-8?q?Zofia?= <z{number}@example.org>\r\nSubject: Number {number}\r\n"
            f"Message-ID: <{number}@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        ).encode()
        assert self.other.append("INBOX", "", f'"{day} 10:00:00 +0000"', message)[0] == "OK"
        return message

    def flags(self) -> bytes:
        self.other.select("INBOX", readonly=True)
        return b" ".join(one or b"" for one in self.other.fetch("1:*", "(FLAGS)")[1])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dovecot.DovecotServer, Path]]:
    folder = tmp_path_factory.mktemp("mail")
    certificate = self_signed_certificate(folder)
    with dovecot.dovecot_server(certificate) as server:
        yield server, certificate


@pytest.fixture
def office(running: tuple[dovecot.DovecotServer, Path]) -> Iterator[Office]:
    """Its mailbox is empty at first."""
    server, certificate = running
    tls = ssl.create_default_context(cafile=str(certificate))
    with imaplib.IMAP4_SSL(server.host, server.port, ssl_context=tls) as other:
        other.login(dovecot.USER, dovecot.PASSWORD)
        if other.select("INBOX")[1] != [b"0"]:
            other.store("1:*", "+FLAGS", "\\Deleted")
            other.expunge()
        other.delete("Taken")
        yield Office(server, Account(server.host, dovecot.USER, server.port), tls, certificate, other)
