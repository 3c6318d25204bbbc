"""The hub's tables.

The organisation stands first in every primary key and index, nothing is numbered by a sequence, and there is
no trigger: so the hub can move to PostgreSQL's distributed kin, sharded by organisation.
"""

from sqlalchemy import BigInteger, Index, LargeBinary, Table, Text, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class HubTable(SQLModel, registry=registry()):
    """Base with its own metadata, so that a test may load the hub beside a device's store."""


class Organisation(HubTable, table=True):
    """One tenant. ``key`` is the 32-byte organisation key in hexadecimal, given at enrolment."""

    __tablename__ = "organisation"

    organisation: str = Field(primary_key=True, max_length=100)
    name: str
    area: str = ""
    key: str
    made_ms: int = Field(sa_type=BigInteger)


class ChangeCounter(HubTable, table=True):
    """The last revision given out. Updated first in every push and so locked until commit: a reader can
    never step over a number that commits late (a sequence lost 31 % of rows for pullers)."""

    __tablename__ = "change_counter"

    organisation: str = Field(primary_key=True, max_length=100)
    latest: int = Field(default=0, sa_type=BigInteger)


class Version(HubTable, table=True):
    """One version of one document, kept for ever together with the mutation that brought it.

    ``body`` and ``envelope`` are TEXT as sent, never jsonb, which would rewrite them. ``parents`` are the
    revisions it replaces, joined by commas. ``device`` sent it, ``owner`` sent the document's first version;
    ``area`` and ``team`` were the owner's then. ``erased``: body and envelope are gone, the number stays.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("organisation", "mutation", name="version_mutation"),
        Index("version_document", "organisation", "kind", "document", "revision"),
    )

    organisation: str = Field(primary_key=True, max_length=100)
    revision: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = Field(max_length=100)
    document: str = Field(max_length=100)
    mutation: str = Field(max_length=100)
    parents: str = ""
    audience: str = ""
    deleted: bool = False
    head: bool = True
    erased: bool = False
    device: str = Field(max_length=100)
    owner: str = Field(max_length=100)
    area: str = ""
    team: str = ""
    received_ms: int = Field(sa_type=BigInteger)
    sha256: str
    size: int = Field(sa_type=BigInteger)
    envelope: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class Erasure(HubTable, table=True):
    """A document that a person asked to be erased; a version that arrives later is erased on arrival."""

    __tablename__ = "erasure"

    organisation: str = Field(primary_key=True, max_length=100)
    document: str = Field(primary_key=True, max_length=100)
    revision: int = Field(sa_type=BigInteger)


class Device(HubTable, table=True):
    """One installation. ``kind`` decides what it receives; ``token_hash`` is SHA-256 of its token.

    ``area`` is the office it belongs to (empty: the whole organisation), ``team`` a part of that office.
    A copied computer got an id of its own: ``came_from`` is the one it had, ``came_at`` the revision of that
    moment. ``turn`` tells copies apart, see ``intake_app.hub.turns``.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("organisation", "token_hash", name="device_token"),)

    organisation: str = Field(primary_key=True, max_length=100)
    device: str = Field(primary_key=True, max_length=100)
    kind: str
    name: str = ""
    area: str = ""
    team: str = ""
    came_from: str = Field(default="", max_length=100)
    came_at: int = Field(default=0, sa_type=BigInteger)
    turn: str = Field(default="", max_length=100)
    token_hash: str = Field(max_length=64)
    enrolled_ms: int = Field(sa_type=BigInteger)
    revoked_ms: int | None = Field(default=None, sa_type=BigInteger)


class EnrolmentCode(HubTable, table=True):
    """A one-time code, kept only as its scrypt hash."""

    __tablename__ = "enrolment_code"

    organisation: str = Field(primary_key=True, max_length=100)
    code_hash: str = Field(primary_key=True, max_length=64)
    device_kind: str
    area: str = ""
    team: str = ""
    made_ms: int = Field(sa_type=BigInteger)
    expires_ms: int = Field(sa_type=BigInteger)
    used_ms: int | None = Field(default=None, sa_type=BigInteger)
    used_by: str = ""


class Attached(HubTable, table=True):
    """A version that has a file. ``origin`` is the revision whose bytes they are (``hub/attachments.py``)."""

    __tablename__ = "attached"
    __table_args__ = (Index("attached_document", "organisation", "document", "sha256"),)

    organisation: str = Field(primary_key=True, max_length=100)
    revision: int = Field(primary_key=True, sa_type=BigInteger)
    sha256: str = Field(primary_key=True, max_length=64)
    document: str = Field(max_length=100)
    origin: int = Field(sa_type=BigInteger)


class Attachment(HubTable, table=True):
    """A file as its version states it. ``whole``: all its pieces are here and have its hash."""

    __tablename__ = "attachment"
    __table_args__ = (Index("attachment_document", "organisation", "document"),)

    organisation: str = Field(primary_key=True, max_length=100)
    origin: int = Field(primary_key=True, sa_type=BigInteger)
    sha256: str = Field(primary_key=True, max_length=64)
    document: str = Field(max_length=100)
    size: int = Field(sa_type=BigInteger)
    whole: bool = False


class AttachmentChunk(HubTable, table=True):
    """256 KiB of a file, the last piece less; ``number`` counts from 0."""

    __tablename__ = "attachment_chunk"
    __table_args__ = (Index("attachment_chunk_document", "organisation", "document"),)

    organisation: str = Field(primary_key=True, max_length=100)
    origin: int = Field(primary_key=True, sa_type=BigInteger)
    sha256: str = Field(primary_key=True, max_length=64)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    document: str = Field(max_length=100)
    content: bytes = Field(sa_type=LargeBinary)


class ProjectionState(HubTable, table=True):
    """Up to which revision the projection is derived; updated first, so that only one process derives."""

    __tablename__ = "projection_state"

    organisation: str = Field(primary_key=True, max_length=100)
    revision: int = Field(default=0, sa_type=BigInteger)


ORGANISATIONS: Table = HubTable.metadata.tables["organisation"]
COUNTERS: Table = HubTable.metadata.tables["change_counter"]
VERSIONS: Table = HubTable.metadata.tables["version"]
ERASURES: Table = HubTable.metadata.tables["erasure"]
ATTACHED: Table = HubTable.metadata.tables["attached"]
ATTACHMENTS: Table = HubTable.metadata.tables["attachment"]
CHUNKS: Table = HubTable.metadata.tables["attachment_chunk"]
DEVICES: Table = HubTable.metadata.tables["device"]
CODES: Table = HubTable.metadata.tables["enrolment_code"]
PROJECTED: Table = HubTable.metadata.tables["projection_state"]
