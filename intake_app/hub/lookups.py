"""Finds many versions of one organisation by their keys: one statement, one index entry for each key.

PostgreSQL without fresh statistics takes "of this organisation and among these 500" for few rows, and reads
the whole organisation (280 ms a batch after 20,000 records). A LIMIT in a lateral join leaves it no choice.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, bindparam, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from intake_app.hub.tables import ERASURES, VERSIONS

_MOST_HEADS = 1_000
"""Of one document: more siblings than any quarrel makes, and still a LIMIT."""


def by_mutation(connection: Connection, organisation: str, mutations: Collection[str]) -> Sequence[Row[Any]]:
    """Mutation, revision, kind, document, hash and time of receipt of those that the hub has."""
    table = VERSIONS.c
    columns = (table.mutation, table.revision, table.kind, table.document, table.sha256, table.received_ms)
    return _among(connection, select(*columns), table.mutation, 1, organisation, mutations)


def heads(connection: Connection, organisation: str, kind: str, ids: Collection[str]) -> Sequence[Row[Any]]:
    """Document, revision, owner, area and team of every head of these documents."""
    table = VERSIONS.c
    columns = (table.document, table.revision, table.owner, table.area, table.team)
    wanted = select(*columns).where(table.kind == kind, table.head.is_(True))
    return _among(connection, wanted, table.document, _MOST_HEADS, organisation, ids)


def erased(connection: Connection, organisation: str, ids: Collection[str]) -> tuple[str, ...]:
    """Those of the documents that were asked to be erased."""
    rows = _among(connection, select(ERASURES.c.document), ERASURES.c.document, 1, organisation, ids)
    return tuple(row.document for row in rows)


def _among(
    connection: Connection,
    wanted: Select[Any],
    column: ColumnElement[Any],
    most: int,
    organisation: str,
    keys: Collection[str],
) -> Sequence[Row[Any]]:
    if not keys:
        return ()
    table = column.table
    wanted = wanted.where(table.c.organisation == organisation)
    if connection.dialect.name != "postgresql":
        return connection.execute(wanted.where(column.in_(keys))).all()
    asked = func.unnest(bindparam("keys", type_=ARRAY(Text))).table_valued("key").render_derived("asked")
    found = wanted.where(column == asked.c.key).limit(most).correlate(asked).lateral("found")
    statement = select(*found.c).select_from(asked.join(found, true()))
    return connection.execute(statement, {"keys": list(keys)}).all()
