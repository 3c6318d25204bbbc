"""The tables of the service directory, made by the store's first migration; only this package reads them."""

from sqlalchemy import Connection, Table
from sqlmodel import Field, SQLModel

from intake_app.folding import TOKENIZER

# No phrase is ever asked for and no row ranked by the engine, so positions are left out (detail=none).
_CREATE_SEARCH = f"""
CREATE VIRTUAL TABLE service_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="{TOKENIZER}")
"""

# Every word without digits that the index holds, so that a long beginning can be looked up as the few words
# it may become: the index would first join the lists of all of them (13 ms at p95 over 70,000 services).
_CREATE_WORDS = "CREATE TABLE service_word (word TEXT PRIMARY KEY) WITHOUT ROWID"


class ServiceRow(SQLModel, table=True):
    """One service. ``place`` is its rowid: ascending order of ``place`` is the best order of a short list.

    ``former_names``, ``aliases``, ``successors`` and ``predecessors`` hold one entry a line; ``own`` is the
    code in our own list of councils or boards, or on the NHS website. The index on ``name`` is narrow enough
    to be read through where only the middle of a word is known. ``nicknames`` repeats those of
    ``service_nickname``, so that no import can lose them and a search reads one row.
    """

    __tablename__ = "service"

    place: int = Field(primary_key=True)
    id: str = Field(unique=True)
    name: str = Field(index=True)
    type: str
    status: str
    address: str = ""
    town: str = ""
    postcode: str = ""
    phone: str = ""
    website: str = ""
    provider: str = ""
    provider_code: str = ""
    local_authority: str = ""
    region: str = ""
    cqc: str = ""
    ods: str = ""
    own: str = ""
    aliases: str = ""
    former_names: str = ""
    successors: str = ""
    predecessors: str = ""
    uses: int = 0
    nicknames: str = Field(default="", sa_column_kwargs={"server_default": ""})
    linked: str = Field(default="", sa_column_kwargs={"server_default": ""})
    opened: str = Field(default="", sa_column_kwargs={"server_default": ""})
    closed: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ServiceChangeRow(SQLModel, table=True):
    """What an edition changed about a service; never removed, so that old records stay understandable."""

    __tablename__ = "service_change"

    number: int | None = Field(default=None, primary_key=True)
    service: str = Field(index=True)
    kind: str
    before: str
    after: str
    at_ms: int
    day: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ServiceEditionRow(SQLModel, table=True):
    """An edition that was brought in whole; the last one of a ``source`` is the one held.

    ``edition`` is the hash of its text. ``dated`` is an ISO date, empty where nothing tells it. ``before`` is
    the edition held until then. ``shared`` says that the organisation's other computers can have it too.
    """

    __tablename__ = "service_edition"

    number: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    edition: str
    dated: str
    before: str
    at_ms: int
    shared: bool = False


class ServiceNicknameRow(SQLModel, table=True):
    """What staff call a service among themselves; one document each, made here or received."""

    __tablename__ = "service_nickname"

    document: str = Field(primary_key=True)
    service: str = Field(index=True)
    name: str


TABLES: tuple[Table, ...] = tuple(
    SQLModel.metadata.tables[str(one.__tablename__)]
    for one in (ServiceRow, ServiceChangeRow, ServiceEditionRow, ServiceNicknameRow)
)

# What a store of the first schema lacks: table, column.
_LATER_COLUMNS = (
    ("service", "nicknames"), ("service", "linked"), ("service", "opened"), ("service", "closed"),
    ("service_change", "day"),
)  # fmt: skip


def bring_up_to_date(connection: Connection) -> None:
    """Adds to a directory of any earlier schema what this one has more; doing so twice changes nothing."""
    for table in TABLES:
        table.create(connection, checkfirst=True)
    for name, column in _LATER_COLUMNS:
        there = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")}
        if column not in there:
            connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def create_search(connection: Connection) -> None:
    """Makes the tables that no SQLModel class describes: the full-text one and the list of its words."""
    connection.exec_driver_sql(_CREATE_SEARCH)
    connection.exec_driver_sql(_CREATE_WORDS)
