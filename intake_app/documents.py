"""A document is what travels and is versioned; nothing that moves it knows its kind."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from intake_app.times import Instant

FORMAT = 1


class Kind(StrEnum):
    """The kinds this program knows; others are kept and passed on unchanged."""

    RECORD = "record"
    PERSON = "person"
    EQUALITY = "equality"
    LINK = "link"
    ERASURE = "erasure"
    AUDIT = "audit"
    QUESTION_SET = "question_set"
    WORDING = "wording"
    CODE_LIST = "code_list"
    STAFF = "staff"
    DIRECTORY = "directory"
    DIRECTORY_PART = "directory_part"
    NICKNAME = "nickname"
    EVENT = "event"
    EVENT_COUNT = "event_count"
    CALL_BACK = "call_back"
    CALL_HOURS = "call_hours"


class Audience(StrEnum):
    OWN = "own"
    TEAM = "team"
    OFFICE = "office"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the body says of an attached file; its bytes travel apart."""

    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one thing.

    ``base`` is the hub's revision that this version was edited from (0: made here, never received).
    ``after`` is the mutation of the version it was edited from, where that version had no revision yet:
    two saves made away from the hub are one line of versions, not a conflict.
    ``parents`` names the revisions that a settled conflict joins. ``mutation`` is unique to this version
    and makes sending it twice harmless. ``body`` is JSON text, hashed and kept byte for byte.
    ``deleted`` marks a tombstone that a person made. ``extra`` is the JSON object text of envelope fields
    that only a newer program knows (empty: none); it is kept and passed on unchanged.
    """

    organisation: str
    kind: str
    id: str
    mutation: str
    body: str
    base: int = 0
    parents: tuple[int, ...] = ()
    format: int = FORMAT
    audience: str = Audience.ORGANISATION
    attachments: tuple[Attachment, ...] = ()
    deleted: bool = False
    after: str = ""
    extra: str = ""

    @property
    def sha256(self) -> str:
        """Of the UTF-8 body as sent, in hexadecimal."""
        # A lone surrogate has a hash too, so that the hub can refuse that document and no other.
        return hashlib.sha256(self.body.encode("utf-8", "surrogatepass")).hexdigest()


class ReceiptStatus(StrEnum):
    """What the hub did with one pushed version that it holds; a refused one has no receipt."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The hub's answer for one version, found again by its ``mutation``.

    ``revision`` is the hub's number for the version, ``sha256`` the hash of the body it holds, ``at`` when
    it committed it. ``status`` is a ReceiptStatus; ``code`` is short, to be read aloud, such as ``7F3A21``.
    """

    id: str
    mutation: str
    revision: int
    sha256: str
    at: Instant
    status: str
    code: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """One version as the hub hands it out: ``document`` as it was sent, and what the hub knows of it.

    ``parents`` are the revisions that it replaces. ``head`` is false for a version that another one has
    replaced; a document with more than one head is in conflict. ``device`` sent it.
    """

    document: Document
    revision: int
    parents: tuple[int, ...]
    head: bool
    received: Instant
    device: str = ""
