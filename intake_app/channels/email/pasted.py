"""An email that was copied: its whole source, or what a mail program shows of it, as one message in bytes."""

import re
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP

from intake_app.errors import FileRefused
from intake_app.text import clean_text

MOST_LETTERS = 1_000_000
"""Longer ones come from a file, in a process of their own."""
_HEAD = re.compile(r"^([A-Za-z][A-Za-z-]{1,40}):[ \t]*(.*)$")
_SOURCE = frozenset({"mime-version", "content-type", "received", "return-path"})
_SHOWN = {
    "from": "From", "date": "Date", "sent": "Date", "subject": "Subject", "message-id": "Message-ID",
    "in-reply-to": "In-Reply-To", "references": "References",
}  # fmt: skip
_PASSED_OVER = frozenset({"to", "cc", "bcc", "reply-to", "importance", "attachments"})


def message_of(copied: str) -> bytes:
    """The source as it is; else the lines that say who, when and what, and the words below them.

    Words without such lines are a message whose sender nobody knows. Raises FileRefused: ``empty``,
    ``too_large``.
    """
    text = clean_text(copied).replace("\r", "\n").strip("\n")
    if not text.strip():
        raise FileRefused(path="", reason="empty")
    if len(text) > MOST_LETTERS:
        raise FileRefused(path="", reason="too_large")
    heads, body = _parted(text)
    if _SOURCE & heads.keys():
        return text.replace("\n", "\r\n").encode()
    made = EmailMessage(policy=SMTP)
    for name, value in heads.items():
        header = _SHOWN.get(name)
        if header is not None and header not in made:
            try:
                made[header] = value
                made[header].fold(policy=SMTP)
            except (ValueError, LookupError, MessageError, TypeError, AttributeError):
                # What no header can hold is still to be read by staff.
                del made[header]
                body = f"{value}\n{body}"
    made.set_content(body or "\n", charset="utf-8", cte="base64")
    return made.as_bytes()


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The lines before the first that is no header, each once; no header at all where none says who."""
    lines = text.split("\n")
    heads: dict[str, str] = {}
    last = ""
    place = 0
    for place, line in enumerate(lines):  # noqa: B007  # how far it came
        found = _HEAD.match(line)
        name = found.group(1).lower() if found else ""
        if found and (name in _SHOWN or name in _PASSED_OVER or name in _SOURCE or _SOURCE & heads.keys()):
            heads.setdefault(name, found.group(2).strip())
            last = name
        elif last and line[:1] in (" ", "\t") and line.strip():
            heads[last] = f"{heads[last]} {line.strip()}"
        else:
            break
    else:
        place = len(lines)
    if not heads.keys() & {"from", "subject", *_SOURCE}:
        return {}, text
    return heads, "\n".join(lines[place:]).strip("\n")
