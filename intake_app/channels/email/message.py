"""Reads one email, however broken, into what staff take down: who, when, the words, what hangs on it.

Nothing is loaded, run or opened: HTML becomes plain text, attachments are named and weighed only.
"""

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from enum import StrEnum

from intake_app.channels.email.html_text import text_of_html
from intake_app.channels.email.quoting import unquoted
from intake_app.text import clean_text
from intake_app.times import Instant

MOST_PARTS = 1_000
MOST_LETTERS = 1_000_000
_HEADER_LETTERS = 500
_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_IDS = re.compile(r"<([^<>\s]+)>")
_FALLBACKS = ("utf-8", "cp1252")
_MACHINES = frozenset({"mailer-daemon", "postmaster"})
_SHOWN = frozenset({"text", "multipart"})
_BULK = frozenset({"bulk", "junk", "list"})


class Aside(StrEnum):
    """Why a message is nobody's feedback (RFC 3464, RFC 3834)."""

    NONE = ""
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"


class Note(StrEnum):
    """What could not be read as it was meant."""

    NO_DATE = "no_date"
    NO_SENDER = "no_sender"
    LETTERS_GUESSED = "letters_guessed"
    CUT = "cut"
    BROKEN = "broken"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment: its name as sent, its type as claimed, its size in bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """``words`` are the sender's own, ``quoted`` what follows from earlier messages.

    ``sent`` is None where the date is missing or nonsense. ``message_id`` is made from the content where the
    sender gave none. ``address`` is what the message claims: anybody can write any.
    """

    message_id: str
    answers: tuple[str, ...]
    name: str
    address: str
    subject: str
    sent: Instant | None
    words: str
    quoted: str
    parts: tuple[Part, ...]
    aside: Aside
    notes: tuple[Note, ...]
    sha256: str


def read(raw: bytes) -> Message:
    """Never raises for anything in ``raw``, empty or not a message at all."""
    notes: dict[Note, None] = {}
    try:
        message = email.message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        parts: list[_Leaf] = list(_walk(message, notes))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, IndexError, KeyError):
        # What the standard library cannot take apart is shown as it came.
        notes[Note.BROKEN] = None
        message, parts = EmailMessage(policy=default), []
        message.set_payload(raw.decode("latin-1"))
    sha256 = hashlib.sha256(raw).hexdigest()
    name, address = _sender(message)
    sent = _sent(message)
    words, quoted = unquoted(_words(message, parts, notes))
    for missing, note in ((sent, Note.NO_DATE), (address, Note.NO_SENDER), (words.strip(), Note.NO_WORDS)):
        if not missing:
            notes[note] = None
    ids = _IDS.findall(_header(message, "Message-ID"))
    answers = dict.fromkeys(
        _IDS.findall(f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}")
    )
    return Message(
        message_id=ids[0] if ids else sha256,
        answers=tuple(answers),
        name=name,
        address=address,
        subject=_one_line(_header(message, "Subject")),
        sent=sent,
        words=words,
        quoted=quoted,
        parts=tuple(_described(one) for one in parts if one.attached),
        aside=_aside(message, address),
        notes=tuple(notes),
        sha256=sha256,
    )


def attached_in(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file, as they came; nothing for what cannot be taken apart.

    An attached message is one file, with all that is in it.
    """
    try:
        message = email.message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        leaves = [one for one in _walk(message, {}) if one.attached]
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return
    for leaf in leaves:
        if not leaf.part.is_multipart():
            yield leaf.name, _bytes(leaf.part)
            continue
        inner = [one for one in leaf.part.get_payload() if isinstance(one, EmailMessage)]
        name = leaf.name or (_one_line(_header(inner[0], "Subject")) if inner else "")
        yield (name if name.endswith(".eml") else f"{name or 'message'}.eml"), b"".join(map(_whole, inner))


def _whole(message: EmailMessage) -> bytes:
    try:
        return message.as_bytes()
    except (ValueError, LookupError, AttributeError, TypeError):
        # Headers that cannot be written again as they are.
        return message.as_bytes(policy=default.clone(refold_source="none"))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One part without parts, with what the library would work out anew each time it is asked."""

    part: EmailMessage
    media_type: str
    name: str
    attached: bool


def _walk(message: EmailMessage, notes: dict[Note, None]) -> Iterator[_Leaf]:
    """What is inside an attached message stays inside it."""
    waiting: list[EmailMessage] = [message]
    count = 0
    while waiting:
        part = waiting.pop(0)
        media_type = part.get_content_type()
        kind = media_type.partition("/")[0]
        if kind == "multipart" and part.is_multipart():
            payload = part.get_payload()
            waiting[:0] = [one for one in payload if isinstance(one, EmailMessage)]
            continue
        count += 1
        if count > MOST_PARTS:
            notes[Note.CUT] = None
            return
        name = _file_name(part)
        # What says that it has parts and has none is broken: its text is shown.
        attached = kind not in _SHOWN or bool(name) or part.get_content_disposition() == "attachment"
        yield _Leaf(part, _one_line(media_type), name, attached)


def _words(message: EmailMessage, parts: list[_Leaf], notes: dict[Note, None]) -> str:
    texts = [one for one in parts if not one.attached]
    plain = [_decoded(one.part, notes) for one in texts if not one.media_type.endswith("/html")]
    found = [one for one in plain if one.strip()]
    if not found:
        html = [one.part for one in texts if one.media_type.endswith("/html")]
        found = [text_of_html(_decoded(one, notes)) for one in html]
    if not found and not parts:
        payload = message.get_payload()
        found = [payload] if isinstance(payload, str) else []
    text = "\n\n".join(clean_text(one).strip("\n") for one in found)
    if len(text) > MOST_LETTERS:
        notes[Note.CUT] = None
    return text[:MOST_LETTERS]


def _decoded(part: EmailMessage, notes: dict[Note, None]) -> str:
    data = _bytes(part)
    named = part.get_content_charset()
    for charset in dict.fromkeys((named or "utf-8", *_FALLBACKS)):
        try:
            text = data.decode(charset)
        except (LookupError, ValueError):
            notes[Note.LETTERS_GUESSED] = None
            continue
        return text
    return data.decode("latin-1")


def _bytes(part: EmailMessage) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _file_name(part: EmailMessage) -> str:
    try:
        return _one_line(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _described(leaf: _Leaf) -> Part:
    if leaf.part.is_multipart():  # an attached message
        inner = leaf.part.get_payload()
        size = sum(len(one.as_bytes()) for one in inner if isinstance(one, EmailMessage))
    else:
        size = len(_bytes(leaf.part))
    return Part(leaf.name, leaf.media_type, size)


def _header(message: EmailMessage, name: str) -> str:
    """Empty where it is missing or cannot be read."""
    try:
        return clean_text(str(message.get(name, "")))
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())[:_HEADER_LETTERS]


def _sender(message: EmailMessage) -> tuple[str, str]:
    try:
        found = message.get("From")
        addresses: tuple[Address, ...] = getattr(found, "addresses", ())
        first = addresses[0] if addresses else None
        address = _one_line(first.addr_spec) if first is not None and first.domain else ""
        return (_one_line(first.display_name) if first is not None else _one_line(str(found or ""))), address
    except (ValueError, LookupError, AttributeError, TypeError):
        return "", ""


def _sent(message: EmailMessage) -> Instant | None:
    try:
        moment = parsedate_to_datetime(_header(message, "Date"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if not _EARLIEST < moment < _LATEST:
            return None
        return Instant(int(moment.timestamp() * 1_000))
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None


def _aside(message: EmailMessage, address: str) -> Aside:
    if message.get_content_type() == "multipart/report":
        kind = str(message.get_param("report-type", "")).lower()
        return Aside.RECEIPT if kind == "disposition-notification" else Aside.BOUNCE
    local = address.partition("@")[0].lower()
    if local in _MACHINES or _header(message, "Return-Path").strip() == "<>":
        return Aside.BOUNCE
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no") or _header(message, "X-Autoreply") or _header(message, "X-Autorespond"):
        return Aside.AUTO_REPLY
    precedence = _header(message, "Precedence").strip().lower()
    if precedence == "auto_reply":
        return Aside.AUTO_REPLY
    if precedence in _BULK or _header(message, "List-Id"):
        return Aside.BULK
    return Aside.NONE
