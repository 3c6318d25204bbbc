"""Reads a shared mailbox over IMAP with TLS: headers first, a whole message only when it is wanted."""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import truststore
from imap_tools import AND, MailBox
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from intake_app.errors import MailboxFailed

IMAPS_PORT = 993
MICROSOFT = "https://login.microsoftonline.com/organizations/oauth2/v2.0"
ANSWER_SECONDS = 30.0
LARGEST_MESSAGE_BYTES = 100_000_000
_AT_ONCE = 100
"""Headers in one request."""
_FETCHED = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class SignIn(StrEnum):
    PASSWORD = "password"
    XOAUTH2 = "xoauth2"
    """A bearer token, which somebody fetches elsewhere."""
    DEVICE = "device"
    """The same, fetched by us after somebody typed a code on the provider's page, as Microsoft 365 has it."""


class AfterTaking(StrEnum):
    """What is done in the mailbox to a message that was taken down here."""

    NOTHING = "nothing"
    FLAG = "flag"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is and how to get in. ``done`` is the flag's or folder's name, empty for neither.

    ``application`` and ``authority`` are for signing in by a code: what the provider knows this program as,
    and where it is asked.

    It only reads unless ``after`` says otherwise: even "seen" stays as it was. Unless ``whole``, a message
    stays there until somebody opens it here; until then its headers are known.
    """

    host: str
    user: str
    port: int = IMAPS_PORT
    sign_in: SignIn = SignIn.PASSWORD
    folder: str = "INBOX"
    after: AfterTaking = AfterTaking.NOTHING
    done: str = ""
    application: str = ""
    authority: str = MICROSOFT
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where a mailbox was listed: ``validity`` is IMAP's UIDVALIDITY, 0 before the first time."""

    validity: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Headers:
    """One message as the server lists it: its headers as sent, and the size of the whole in bytes."""

    place: Place
    data: bytes
    size: int


@contextlib.contextmanager
def open_mailbox(
    account: Account, secret: str, tls: ssl.SSLContext | None = None, answer_seconds: float = ANSWER_SECONDS
) -> Iterator["OpenMailbox"]:
    """Signed in and in the account's folder. ``secret`` is the password or token; it is kept nowhere.

    ``tls`` is for tests; else the system's trust store decides. Raises MailboxFailed with ``reason``
    offline, timed_out, certificate, sign_in, folder or answer.
    """
    with _told(account):
        box = MailBox(
            account.host,
            account.port,
            timeout=answer_seconds,
            ssl_context=tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )
    try:
        with _told(account):
            _sign_in(box, account, secret)
            opened = OpenMailbox(box, account)
        yield opened
    finally:
        # What a broken line still answers to a farewell is nobody's concern.
        with contextlib.suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            box.logout()
        with contextlib.suppress(OSError):
            box.client.shutdown()


class OpenMailbox:
    """Made by ``open_mailbox``. Every call raises MailboxFailed as that does."""

    def __init__(self, box: MailBox, account: Account) -> None:
        self._box = box
        self._account = account
        self._select(writing=False)

    def headers(self, after: Place, since: date | None = None) -> Iterator[Headers]:
        """What came after a place, oldest first; all of it where the server has numbered its messages anew.

        ``since``: nothing that reached the mailbox before that day. Nothing is marked as seen.
        """
        with _told(self._account):
            last = after.last if after.validity == self._validity else 0
            # "n:*" always holds the newest message, even where its number is below n.
            # Else a server may answer from what it knew when the folder was opened.
            self._box.client.noop()
            dated = f" {AND(date_gte=since)}" if since else ""
            found = self._box.uids(f"UID {last + 1}:*{dated}")
            numbers = sorted(number for number in map(int, found) if number > last)
        for start in range(0, len(numbers), _AT_ONCE):
            with _told(self._account):
                part = self._fetch(numbers[start : start + _AT_ONCE], "RFC822.SIZE BODY.PEEK[HEADER]")
            for number in sorted(part):
                size, data = part[number]
                yield Headers(Place(self._validity, number), data, size)

    def message(self, place: Place) -> bytes:
        """The whole message as it was sent. ``reason`` gone where it was deleted, moved or numbered anew;
        too_large above 100 MB."""
        with _told(self._account):
            self._expect(place)
            size, _ = self._fetch([place.last], "RFC822.SIZE").get(place.last, (0, b""))
            if size > LARGEST_MESSAGE_BYTES:
                raise _failed(self._account, "too_large", size=size, limit=LARGEST_MESSAGE_BYTES)
            _, data = self._fetch([place.last], "BODY.PEEK[]").get(place.last, (0, b""))
            if not data:
                raise _failed(self._account, "gone")
            return data

    def mark_taken(self, place: Place) -> None:
        """Flags or moves it, as the account says, or does nothing. ``reason`` gone as for ``message``,
        read_only where the server does not let this user change anything, folder where ``done`` is none."""
        if self._account.after is AfterTaking.NOTHING:
            return
        with _told(self._account):
            self._select(writing=True)
            try:
                self._expect(place)
                if not self._fetch([place.last], "FLAGS"):
                    raise _failed(self._account, "gone")
                self._mark(str(place.last))
            finally:
                self._select(writing=False)

    def _mark(self, number: str) -> None:
        if self._account.after is AfterTaking.FLAG:
            self._box.flag(number, self._account.done, True)
        elif self._box.folder.exists(self._account.done):
            self._box.move(number, self._account.done)
        else:
            raise _failed(self._account, "folder", folder=self._account.done)

    def _select(self, writing: bool) -> None:
        try:
            self._box.folder.set(self._account.folder, readonly=not writing)
        except imaplib.IMAP4.readonly as error:
            raise _failed(self._account, "read_only") from error
        _, found = self._box.client.response("UIDVALIDITY")
        self._validity = int(found[0] or 0)

    def _expect(self, place: Place) -> None:
        if place.validity != self._validity:
            raise _failed(self._account, "gone")

    def _fetch(self, numbers: Sequence[int], what: str) -> dict[int, tuple[int, bytes]]:
        """Size and data of each message that is still there, by number."""
        status, answer = self._box.client.uid("fetch", ",".join(map(str, numbers)), f"(UID {what})")
        if status != "OK":
            raise _failed(self._account, "answer")
        found: dict[int, tuple[int, bytes]] = {}
        for one in answer:
            said, data = one if isinstance(one, tuple) else (one or b"", b"")
            number = _FETCHED.search(said)
            if number is not None:
                size = _SIZE.search(said)
                found[int(number[1])] = (int(size[1]) if size else len(data), data)
        return found


def _sign_in(box: MailBox, account: Account, secret: str) -> None:
    try:
        if account.sign_in in (SignIn.XOAUTH2, SignIn.DEVICE):
            box.xoauth2(account.user, secret, initial_folder=None)
        else:
            box.login_utf8(account.user, secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        # RFC 5530: the server cannot ask whoever knows the passwords just now; nobody was refused.
        reason = "timed_out" if "[UNAVAILABLE]" in str(error) else "sign_in"
        raise _failed(account, reason) from error


@contextlib.contextmanager
def _told(account: Account) -> Iterator[None]:
    """Every way in which a mailbox can fail, once."""
    try:
        yield
    except MailboxFolderSelectError as error:
        raise _failed(account, "folder", folder=account.folder) from error
    except ssl.SSLCertVerificationError as error:
        raise _failed(account, "certificate") from error
    except TimeoutError as error:
        raise _failed(account, "timed_out") from error
    except ssl.SSLError as error:
        raise _failed(account, "no_tls") from error
    except (OSError, imaplib.IMAP4.abort) as error:
        raise _failed(account, "offline") from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise _failed(account, "answer") from error


def _failed(account: Account, reason: str, **details: Any) -> MailboxFailed:
    return MailboxFailed(reason=reason, host=account.host, **details)
