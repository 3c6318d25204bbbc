"""The tables that lists, search and reports read; on the hub, the organisation comes first in every key."""

from sqlalchemy import BigInteger, Index, MetaData, Table, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class _Projected(SQLModel, registry=registry(metadata=MetaData())):
    """Has its own metadata, so that each side creates exactly the tables it wants."""

    model_config = {"defer_build": True}


class ProjectedRecord(_Projected, table=True):
    """One record as it is now.

    ``order_key`` is the milliseconds of taking down << 16 plus a suffix: the newest is the largest. Instants
    are milliseconds since 1970, ``received_on`` the civil date in England as ISO text. ``services`` holds
    names, one a line. ``first_words`` and ``last_words`` are of the story.
    """

    __tablename__ = "projected_record"
    __table_args__ = (
        Index("projected_record_order", "organisation", "order_key", unique=True),
        Index("projected_record_reference", "organisation", "reference"),
        Index("projected_record_received", "organisation", "received_on"),
        Index("projected_record_person", "organisation", "person"),
        # No ``postgresql_where``: it would load that dialect on every device, 22 ms of its start.
        Index("projected_record_danger", "organisation", "order_key", sqlite_where=text("danger = 1")),
    )

    organisation: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    order_key: int = Field(sa_type=BigInteger)
    mutation: str
    reference: str
    received_ms: int = Field(sa_type=BigInteger)
    received_on: str
    finished_ms: int | None = Field(default=None, sa_type=BigInteger)
    channel: str
    state: str
    danger: bool
    items: int
    services: str
    first_words: str
    last_words: str
    identity: str
    person: str
    written_by: str
    device: str


class ProjectedItem(_Projected, table=True):
    """One item of a record. ``place`` counts from 0; ``question_set`` is id and version's hash."""

    __tablename__ = "projected_item"

    organisation: str = Field(primary_key=True)
    record: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    item: str
    kind: str
    question_set: str
    version: str


class ProjectedService(_Projected, table=True):
    """A service that an item is about; ``service`` is empty for one that no directory lists."""

    __tablename__ = "projected_service"
    __table_args__ = (Index("projected_service_id", "organisation", "service"),)

    organisation: str = Field(primary_key=True)
    record: str = Field(primary_key=True)
    item: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    service: str
    name: str
    town: str
    provider: str


class ProjectedTopic(_Projected, table=True):
    """A topic of an item and its sentiment, as codes."""

    __tablename__ = "projected_topic"
    __table_args__ = (Index("projected_topic_code", "organisation", "code"),)

    organisation: str = Field(primary_key=True)
    record: str = Field(primary_key=True)
    item: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    code: str
    sentiment: str


class ProjectedLink(_Projected, table=True):
    """A link as seen from one of its two records; of a follow-up the ``first`` follows on from the other."""

    __tablename__ = "projected_link"
    __table_args__ = (
        Index("projected_link_id", "organisation", "link"),
        Index("projected_link_other", "organisation", "other"),
    )

    organisation: str = Field(primary_key=True)
    record: str = Field(primary_key=True)
    link: str = Field(primary_key=True)
    other: str
    relation: str
    first: bool
    by: str
    at_ms: int = Field(sa_type=BigInteger)


class ProjectedUnlink(_Projected, table=True):
    """A link that was taken back; ``undoing`` is the document that says so, which may come before it."""

    __tablename__ = "projected_unlink"
    __table_args__ = (Index("projected_unlink_undoing", "organisation", "undoing"),)

    organisation: str = Field(primary_key=True)
    link: str = Field(primary_key=True)
    undoing: str = Field(primary_key=True)


METADATA: MetaData = _Projected.metadata
RECORD: Table = METADATA.tables["projected_record"]
ITEM: Table = METADATA.tables["projected_item"]
SERVICE: Table = METADATA.tables["projected_service"]
TOPIC: Table = METADATA.tables["projected_topic"]
LINK: Table = METADATA.tables["projected_link"]
UNLINK: Table = METADATA.tables["projected_unlink"]
