"""The tables of the service directory, made by the store's first migration; only this package reads them."""

from sqlalchemy import Connection
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
    code in our own list of councils or boards. The index on ``name`` is narrow enough to be read through
    where only the middle of a word is known.
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


class ServiceChangeRow(SQLModel, table=True):
    """What an edition changed about a service; never removed, so that old records stay understandable."""

    __tablename__ = "service_change"

    number: int | None = Field(default=None, primary_key=True)
    service: str = Field(index=True)
    kind: str
    before: str
    after: str
    at_ms: int


def create_search(connection: Connection) -> None:
    """Makes the tables that no SQLModel class describes: the full-text one and the list of its words."""
    connection.exec_driver_sql(_CREATE_SEARCH)
    connection.exec_driver_sql(_CREATE_WORDS)
