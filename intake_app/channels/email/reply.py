"""A reply to an email: its words from a template, and the draft that a mail program takes over.

Nothing here sends anything. No word of what the person wrote is repeated, and no name stands in it: a reply
can be read by somebody else.
"""

from dataclasses import dataclass
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from urllib.parse import quote, urlencode

from intake_app.channels.email.message import Message
from intake_app.channels.outreach.paper import Piece, Role, Speaker, own_words
from intake_app.errors import IntakeError
from intake_app.forms.library import Library
from intake_app.records import spaced_reference
from intake_app.text import clean_text

LONGEST_LINK = 2_000
"""Letters that Windows hands to another program; more are cut off there without a word."""
ROOM = "…"
"""A line of its own where staff write what they ask."""
_MOST_REFERENCES = 20
_BETWEEN = "\n\n* * *\n\n"


class Template(StrEnum):
    RECEIVED = "received"
    ASK_MORE = "ask_more"
    CHANGE = "change"


_REFERENCE, _DAY, _REACH, _ROOM = "reference", "day", "reach", "room"
_PARAGRAPHS: dict[Template, tuple[tuple[str, ...], ...]] = {
    Template.RECEIVED: (
        ("thank_you", _DAY),
        (_REFERENCE,),
        ("what_next_text",),
        ("change_or_withdraw", "change_or_withdraw_text"),
        ("large_print", "reply_own_language"),
        ("in_danger",),
    ),
    Template.ASK_MORE: (
        ("thank_you", _DAY),
        (_REFERENCE,),
        ("reply_more",),
        (_ROOM,),
        ("form_help", "reply_own_language"),
        ("large_print",),
    ),
    Template.CHANGE: (
        (_REFERENCE,),
        ("change_or_withdraw", "change_or_withdraw_text"),
        ("reply_own_language", "large_print"),
    ),
}


class ReplyRefused(IntakeError):
    """A reply cannot be made so. Details: ``reason`` (address, empty, room, too_long, no_program)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """``fell_back``: some of it stands in English although another language was wanted."""

    text: str
    language: str
    fell_back: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as somebody has left it. ``answers`` and ``references`` are Message-IDs without brackets."""

    to: str
    subject: str
    text: str
    answers: str = ""
    references: tuple[str, ...] = ()


def letter(
    library: Library,
    template: Template,
    language: str,
    reference: str,
    received: date,
    organisation: str = "",
    reach: str = "",
) -> Letter:
    """In this language as far as the person may be given its words, with the English below.

    ``reference`` is the nine digits. Raises PaperRefused for a language without wording.
    """
    speaker = Speaker(library, language)

    def pieces(code: str) -> tuple[Piece, ...]:
        if code == _REFERENCE:
            title = speaker.phrase("your_reference", Role.TEXT)
            number = spaced_reference(reference)
            english = f"{title.english}: {number}" if title.english else ""
            return (Piece(Role.TEXT, f"{title.text}: {number}", title.language, english),)
        if code == _DAY:
            return (speaker.phrase_with_day("received_on", Role.TEXT, received),)
        if code == _ROOM:
            # Staff ask here, in their own words.
            return (own_words(Role.TEXT, ROOM),)
        return (speaker.phrase(code, Role.TEXT),)

    paragraphs = [speaker.draft_notice(), (speaker.phrase("reply_hello", Role.TEXT),)]
    paragraphs += [tuple(one for code in part for one in pieces(code)) for part in _PARAGRAPHS[template]]
    if speaker.fell_back:
        paragraphs.append((speaker.ask_interpreter(),))
    signed = [organisation, *reach.splitlines()]
    own = tuple(own_words(Role.TEXT, one) for line in signed if (one := clean_text(line).strip()))
    paragraphs.append((speaker.phrase("reply_wishes", Role.TEXT), *own))
    theirs = _joined([[one.text for one in part] for part in paragraphs])
    if not any(one.english for part in paragraphs for one in part):
        return Letter(theirs, speaker.language, speaker.fell_back)
    english = _joined([[one.english or one.text for one in part] for part in paragraphs])
    return Letter(theirs + _BETWEEN + english, speaker.language, speaker.fell_back)


def _joined(paragraphs: list[list[str]]) -> str:
    return "\n\n".join("\n".join(part) for part in paragraphs if part)


def subject_of(message: Message) -> str:
    """``Re:`` once, however often it went to and fro."""
    bare = message.subject.strip()
    while bare[:3].lower() == "re:":
        bare = bare[3:].strip()
    return f"Re: {bare}".strip()


def answering(message: Message, to: str, subject: str, text: str) -> Written:
    """Raises ReplyRefused: ``address``; ``empty``; ``room`` where nobody wrote what is asked."""
    address = " ".join(clean_text(to).split())
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or any(one in address for one in ' ,;<>"()[]:\\'):
        raise ReplyRefused(reason="address")
    if not text.strip():
        raise ReplyRefused(reason="empty")
    if ROOM in (line.strip() for line in text.splitlines()):
        raise ReplyRefused(reason="room")
    # Where the sender's program gave no Message-ID, the id is one of our own that nobody else knows.
    known = message.message_id if "@" in message.message_id else ""
    thread = [one for one in message.answers if one != known][-_MOST_REFERENCES:]
    references = (*thread, known) if known else ()
    return Written(address, " ".join(clean_text(subject).split()), clean_text(text), known, references)


def as_draft(reply: Written) -> bytes:
    """An .eml file that mail programs open as a message still to be sent. Raises ReplyRefused."""
    made = EmailMessage(policy=SMTP.clone(utf8=not reply.to.isascii()))
    try:
        made["To"] = reply.to
        made["Subject"] = reply.subject
        if reply.answers:
            made["In-Reply-To"] = f"<{reply.answers}>"
            made["References"] = " ".join(f"<{one}>" for one in reply.references)
        # Outlook and Thunderbird open what says so for writing, others for reading.
        made["X-Unsent"] = "1"
        made.set_content(reply.text.replace("\r\n", "\n"), charset="utf-8", cte="base64")
        return made.as_bytes()
    except (ValueError, LookupError, MessageError) as error:
        raise ReplyRefused(reason="address") from error


def as_link(reply: Written, longest: int = LONGEST_LINK) -> str:
    """A ``mailto:`` link (RFC 6068) for the computer's mail program. Raises ReplyRefused, ``too_long``."""
    fields = {"subject": reply.subject, "body": reply.text.replace("\n", "\r\n")}
    if reply.answers:
        fields["In-Reply-To"] = f"<{reply.answers}>"
    link = f"mailto:{quote(reply.to, safe='@')}?{urlencode(fields, quote_via=quote)}"
    if len(link) > longest:
        raise ReplyRefused(reason="too_long")
    return link
