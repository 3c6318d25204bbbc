"""A document is what travels and is versioned; nothing that moves it knows its kind."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

FORMAT = 1


class Kind(StrEnum):
    """The kinds this program knows; others are kept and passed on unchanged."""

    RECORD = "record"
    PERSON = "person"
    EQUALITY = "equality"
    ERASURE = "erasure"
    AUDIT = "audit"
    QUESTION_SET = "question_set"
    WORDING = "wording"
    CODE_LIST = "code_list"


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
    ``parents`` names the revisions that a settled conflict joins. ``mutation`` is unique to this version
    and makes sending it twice harmless. ``body`` is JSON text, hashed and kept byte for byte.
    ``deleted`` marks a tombstone that a person made.
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

    @property
    def sha256(self) -> str:
        """Of the UTF-8 body as sent, in hexadecimal."""
        return hashlib.sha256(self.body.encode()).hexdigest()
