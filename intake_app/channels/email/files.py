"""The messages in a file or folder: .eml, .mbox and Outlook's .msg, one after another as raw bytes."""

import mailbox
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from intake_app.errors import FileRefused

LARGEST_BYTES = 100_000_000
ENDINGS = (".eml", ".mbox", ".msg")
_MBOX_BEGINS = b"From "
_OLE_BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Found:
    """``raw`` is None where it could not be read: then ``reason`` says why, as FileRefused does."""

    path: Path
    raw: bytes | None
    reason: str = ""


def found_in(paths: Iterable[Path]) -> Iterator[Found]:
    """Each message of each file; of a folder, of every file in it that ends like mail, in order of names.

    What cannot be read is told and passed over: the rest still comes. Reasons: missing, empty, too_large,
    unreadable.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS)
            yield from found_in(one for one in inside if one.is_file())
        else:
            yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Found]:
    try:
        size = path.stat().st_size
        if path.suffix.lower() == ".mbox":
            yield from _in_mbox(path)
            return
        if size > LARGEST_BYTES:
            yield Found(path, None, "too_large")
            return
        data = path.read_bytes()
    except FileNotFoundError:
        yield Found(path, None, "missing")
        return
    except OSError:
        yield Found(path, None, "unreadable")
        return
    if not data.strip():
        yield Found(path, None, "empty")
    elif data.startswith(_OLE_BEGINS):
        raw = _of_outlook(path)
        yield Found(path, raw, "" if raw else "unreadable")
    elif data.startswith(_MBOX_BEGINS) and path.suffix.lower() != ".eml":
        yield from _in_mbox(path)
    else:
        yield Found(path, data)


def _in_mbox(path: Path) -> Iterator[Found]:
    box = mailbox.mbox(path, create=False)
    try:
        count = 0
        for key in box.iterkeys():
            count += 1
            raw = box.get_bytes(key)
            yield Found(path, raw, "") if len(raw) <= LARGEST_BYTES else Found(path, None, "too_large")
        if not count:
            yield Found(path, None, "empty")
    finally:
        box.close()


def _of_outlook(path: Path) -> bytes | None:
    """As the message that it was before Outlook kept it; None where it is damaged."""
    from oxmsg import Message

    try:
        kept = Message.load(str(path))
        made = EmailMessage(policy=SMTP)
        sender, headers = kept.sender, dict(kept.message_headers)
        for name in (
            "Message-ID",
            "In-Reply-To",
            "References",
            "Auto-Submitted",
            "Precedence",
            "Return-Path",
        ):
            if value := headers.get(name):
                made[name] = " ".join(str(value).split())
        if sender:
            made["From"] = " ".join(sender.split())
        made["Subject"] = " ".join((kept.subject or "").split())
        if isinstance(kept.sent_date, datetime):
            made["Date"] = format_datetime(kept.sent_date)
        made.set_content(kept.body or "")
        if not kept.body and kept.html_body:
            made.set_content(kept.html_body, subtype="html")
        for one in kept.attachments:
            _attach(made, one)
        return made.as_bytes()
    except Exception:  # noqa: BLE001  # whatever a damaged file makes a young library raise
        return None


def _attach(made: EmailMessage, one: Any) -> None:
    named = (one.mime_type or "").lower()
    if named == "message/delivery-status" and "Return-Path" not in made:
        made["Return-Path"] = "<>"  # as such a report came (RFC 3464)
    kind, _slash, more = named.partition("/")
    # Text and messages would be written anew; here they stay the bytes that they are.
    typed = (
        (kind, more)
        if more and kind not in ("text", "message", "multipart")
        else ("application", "octet-stream")
    )
    made.add_attachment(
        one.file_bytes or b"",
        maintype=typed[0],
        subtype=typed[1],
        filename=one.file_name or named or "attachment",
    )


def refused(found: Found) -> FileRefused:
    return FileRefused(path=str(found.path), reason=f"mail_{found.reason}")
