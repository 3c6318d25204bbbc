"""The tables of the local store; only ``intake_app.store`` reads them."""

from sqlalchemy import Index, MetaData, Table, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from intake_app.folding import TOKENIZER


class _Stored(SQLModel, registry=registry(metadata=MetaData())):
    """Has its own metadata, apart from the hub's and the directory's."""

    model_config = {"defer_build": True}


class VersionRow(_Stored, table=True):
    """One version of one document, made here or received; ``seq`` is the order in which they came.

    ``revision`` is the hub's number, 0 until it has it; ``head``: nothing on the hub replaces it.
    ``saved_by`` is a staff member's id. The body comes last: reading the rest need not unroll its pages.
    """

    __tablename__ = "version"
    __table_args__ = (
        Index("version_document", "document", "revision"),
        # Lists ask where each record is; this index answers without the pages of the bodies.
        Index("version_where", "mutation", "received_ms", "receipt_code"),
        # Those with more than one parent, which join others: few, and looked for after every round.
        Index("version_joining", "seq", sqlite_where=text("instr(parents, ',') > 0")),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    mutation: str = Field(unique=True)
    document: str
    kind: str
    organisation: str
    base: int
    after: str
    parents: str
    format: int
    audience: str
    attachments: str
    deleted: bool
    extra: str
    sha256: str
    saved_ms: int
    saved_by: str
    device: str
    revision: int
    head: bool
    received_ms: int | None
    receipt_status: str
    receipt_code: str
    body: str


class DocumentRow(_Stored, table=True):
    """One document: the version shown here, and whether the hub holds more than one head.

    ``seen`` is the number of the last backfill that brought it.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("document_shown", "mutation"),
        Index("document_conflict", "kind", "id", sqlite_where=text("conflict = 1")),
    )

    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    mutation: str
    conflict: bool = False
    seen: int = 0


class OutboxRow(_Stored, table=True):
    """A version that the hub has not receipted. ``seq`` is the version's.

    ``attempted``: it was sent and the answer is not known. ``refused`` is the hub's reason, empty while it
    waits; ``details`` its JSON.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_attempted", "seq", sqlite_where=text("attempted = 1")),
        Index("outbox_refused", "seq", sqlite_where=text("refused <> ''")),
    )

    seq: int = Field(primary_key=True)
    mutation: str = Field(unique=True)
    document: str = Field(index=True)
    organisation: str
    attempted: bool = False
    refused: str = ""
    details: str = ""


class DraftRow(_Stored, table=True):
    """A record not yet finished. ``sealed`` holds the person's details; ``words`` is folded for finding."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True)
    order_key: int
    reference: str
    updated_ms: int
    parked_ms: int | None
    received_ms: int
    rang_off: bool
    danger: bool
    based_on: str
    channel: str
    services: str
    items: int
    first_words: str
    last_words: str
    words: str
    tokens: str
    sealed: str
    body: str


class SecondCopyRow(_Stored, table=True):
    """A finished record once more, for 14 days: what ``check`` mends a broken version from."""

    __tablename__ = "second_copy"

    mutation: str = Field(primary_key=True)
    document: str = Field(index=True)
    saved_ms: int = Field(index=True)
    sha256: str
    body: str


class SearchRow(_Stored, table=True):
    """What the full-text index was fed: needed again, word for word, to take a record out of it."""

    __tablename__ = "record_text"

    key: int = Field(primary_key=True)
    id: str = Field(unique=True)
    words: str
    tokens: str


class PersonTagRow(_Stored, table=True):
    """For matching without opening the seal."""

    __tablename__ = "person_tag"

    tag: str = Field(primary_key=True)
    person: str = Field(primary_key=True, index=True)


class DraftTagRow(_Stored, table=True):
    """As ``person_tag``, of the details inside a draft: found by number after the caller rang off."""

    __tablename__ = "draft_tag"

    tag: str = Field(primary_key=True)
    draft: str = Field(primary_key=True, index=True)


class ErasedRow(_Stored, table=True):
    """A document that was erased and must never come back; ``marker`` is the erasure document's id."""

    __tablename__ = "erased"

    document: str = Field(primary_key=True)
    marker: str


class SettlingRow(_Stored, table=True):
    """What a person has decided so far about a record with more than one version.

    ``versions`` are the mutations that the decisions are about, ``decisions`` what was decided; both JSON.
    """

    __tablename__ = "settling"

    document: str = Field(primary_key=True)
    versions: str
    decisions: str
    updated_ms: int


class TriedRow(_Stored, table=True):
    """Versions of a record that were found to need a person: not tried again until there are others.

    ``versions`` are the mutations of its heads, as JSON.
    """

    __tablename__ = "tried"

    document: str = Field(primary_key=True)
    versions: str


class NoticeRow(_Stored, table=True):
    """For somebody who writes here: what they wrote was joined with what somebody else wrote.

    ``id`` is made of the versions that were joined, so that nobody is told twice; ``version`` is the result's
    mutation.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("notice_unread", "staff", "document", sqlite_where=text("read_ms IS NULL")),)

    id: str = Field(primary_key=True)
    staff: str = Field(primary_key=True)
    document: str = Field(index=True)
    version: str
    told_ms: int
    read_ms: int | None = None


class MessageRow(_Stored, table=True):
    """An email that came and is not, or was not always, a record; never sent to the hub.

    ``state`` is waiting, taken or aside; ``record`` the record or draft it was taken down in, ``reason`` why
    it was set aside. ``earlier`` is the message of the same sender that it follows, empty for none. ``place``
    is where it lies in the shared mailbox, empty for a file; ``told``: the mailbox knows that it was taken.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("message_sender", "address", "message_id"),
        Index("message_came", "state", "sent_ms"),
    )

    id: str = Field(primary_key=True)
    message_id: str
    sha256: str = Field(unique=True)
    name: str
    address: str
    subject: str
    sent_ms: int
    came_ms: int
    state: str
    reason: str
    record: str = Field(index=True)
    earlier: str
    place: str
    told: bool


class MessageSourceRow(_Stored, table=True):
    """A message exactly as it came, behind what was read of it then, as JSON."""

    __tablename__ = "message_source"

    id: str = Field(primary_key=True)
    reading: str
    raw: bytes


class AttachmentRow(_Stored, table=True):
    """The bytes of one file, found by their hash, whoever has them. ``whole``: every chunk is here.

    ``kept_ms`` is when they were last brought here; 0: nobody needs them any more, and they go.
    """

    __tablename__ = "attachment"

    sha256: str = Field(primary_key=True)
    size: int
    whole: bool
    kept_ms: int


class AttachmentChunkRow(_Stored, table=True):
    """256 KiB of a file, the last one less; ``number`` counts from 0."""

    __tablename__ = "attachment_chunk"

    sha256: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    content: bytes


class AttachmentUseRow(_Stored, table=True):
    """A document, or a draft, that has this file. ``sent``: the hub has its bytes, or need not be sent them.

    ``wanted``: somebody asked for bytes that only the hub has. A draft's id is also its record's.
    """

    __tablename__ = "attachment_use"
    __table_args__ = (
        Index("attachment_use_file", "sha256"),
        Index("attachment_use_unsent", "owner", sqlite_where=text("draft = 0 AND sent = 0")),
        Index("attachment_use_wanted", "owner", sqlite_where=text("wanted = 1")),
    )

    owner: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    draft: bool = Field(primary_key=True)
    sent: bool = False
    wanted: bool = False


class AuditRow(_Stored, table=True):
    """Who did what to which document, and why they said so."""

    __tablename__ = "audit"

    id: str = Field(primary_key=True)
    at_ms: int = Field(index=True)
    by: str
    act: str
    subject: str = Field(index=True)
    reason: str


class StaffRow(_Stored, table=True):
    """Somebody who writes on this computer."""

    __tablename__ = "staff"

    id: str = Field(primary_key=True)
    name: str
    added_ms: int
    left_ms: int | None = None


class PreferenceRow(_Stored, table=True):
    """One preference of one staff member, as JSON."""

    __tablename__ = "preference"

    staff: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class FactRow(_Stored, table=True):
    """A fact about this store: organisation, device, enrolment, cursor, last backup."""

    __tablename__ = "fact"

    name: str = Field(primary_key=True)
    value: str


METADATA: MetaData = _Stored.metadata
VERSION: Table = METADATA.tables["version"]
DOCUMENT: Table = METADATA.tables["document"]
OUTBOX: Table = METADATA.tables["outbox"]
DRAFT: Table = METADATA.tables["draft"]
SECOND_COPY: Table = METADATA.tables["second_copy"]
TEXT: Table = METADATA.tables["record_text"]
PERSON_TAG: Table = METADATA.tables["person_tag"]
DRAFT_TAG: Table = METADATA.tables["draft_tag"]
AUDIT: Table = METADATA.tables["audit"]
ERASED: Table = METADATA.tables["erased"]
SETTLING: Table = METADATA.tables["settling"]
TRIED: Table = METADATA.tables["tried"]
NOTICE: Table = METADATA.tables["notice"]
MESSAGE: Table = METADATA.tables["message"]
MESSAGE_SOURCE: Table = METADATA.tables["message_source"]
ATTACHMENT: Table = METADATA.tables["attachment"]
ATTACHMENT_CHUNK: Table = METADATA.tables["attachment_chunk"]
ATTACHMENT_USE: Table = METADATA.tables["attachment_use"]
STAFF: Table = METADATA.tables["staff"]
PREFERENCE: Table = METADATA.tables["preference"]
FACT: Table = METADATA.tables["fact"]

CREATE_SEARCH = f"""
CREATE VIRTUAL TABLE record_search USING fts5(
    words, tokens, content='record_text', content_rowid='key', prefix='2 3', tokenize="{TOKENIZER}")
"""
# Without it an erased word stays in the index's pages until they are merged (tried).
# Segments are joined after a round (``intake_app.segments``), by a save only when there are very many. With
# FTS5's own limit of 16 every few hundredth save joined all of them at once and took 0.7 s (measured).
MERGING = tuple(
    f"INSERT INTO record_search (record_search, rank) VALUES ('{setting}', {value})"
    for setting, value in (("automerge", 64), ("crisismerge", 200), ("hashsize", 4_000_000))
)
SECURE_DELETE = "INSERT INTO record_search (record_search, rank) VALUES ('secure-delete', 1)"
