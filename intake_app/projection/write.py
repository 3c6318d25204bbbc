"""Writes and removes projected rows; works on any connection, so device and hub use the same lines."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Delete, Table, bindparam, delete, insert, select

from intake_app.projection.bulk import put_rows
from intake_app.projection.derive import Derived
from intake_app.projection.tables import ITEM, RECORD, SERVICE, TOPIC

_PARTS = (ITEM, SERVICE, TOPIC)
_SLICE = 500

_KEYS = select(RECORD.c.id, RECORD.c.order_key).where(
    RECORD.c.organisation == bindparam("organisation"), RECORD.c.id.in_(bindparam("ids", expanding=True))
)
_TAKEN = select(RECORD.c.order_key).where(
    RECORD.c.organisation == bindparam("organisation"),
    RECORD.c.order_key.in_(bindparam("keys", expanding=True)),
)


def _delete(table: Table) -> Delete:
    column = table.c.id if table is RECORD else table.c.record
    return delete(table).where(
        table.c.organisation == bindparam("organisation"), column.in_(bindparam("ids", expanding=True))
    )


_INSERT = {table: insert(table) for table in (RECORD, *_PARTS)}
_DELETE = {table: _delete(table) for table in (RECORD, *_PARTS)}


def put(
    connection: Connection, organisation: str, derived: Sequence[Derived], fresh: bool = False
) -> dict[str, int]:
    """Makes these the rows of their records, whatever was there before. Returns each record's order key.

    ``fresh``: the caller knows that none of them has rows. All in the connection's transaction; each record
    at most once; nothing for an empty sequence.
    """
    keys: dict[str, int] = {}
    for start in range(0, len(derived), _SLICE):
        keys.update(_put_slice(connection, organisation, derived[start : start + _SLICE], fresh))
    return keys


def remove(connection: Connection, organisation: str, ids: Iterable[str]) -> None:
    """Takes these records' rows away; an id without any is no error."""
    wanted = list(ids)
    for start in range(0, len(wanted), _SLICE):
        part = wanted[start : start + _SLICE]
        for statement in _DELETE.values():
            connection.execute(statement, {"organisation": organisation, "ids": part})


def remove_all(connection: Connection, organisation: str) -> None:
    """Before rebuilding."""
    for table in (RECORD, *_PARTS):
        connection.execute(delete(table).where(table.c.organisation == organisation))


def _put_slice(
    connection: Connection, organisation: str, derived: Sequence[Derived], fresh: bool
) -> dict[str, int]:
    keys: dict[str, int] = {}
    if not fresh:
        asked = {"organisation": organisation, "ids": [one.id for one in derived]}
        keys = {row.id: row.order_key for row in connection.execute(_KEYS, asked)}
    if keys:
        remove(connection, organisation, keys)
    keys.update(_free_keys(connection, organisation, [one for one in derived if one.id not in keys]))
    put_rows(connection, _INSERT[RECORD], [one.record | {"order_key": keys[one.id]} for one in derived])
    for table, parts in (
        (ITEM, [row for one in derived for row in one.items]),
        (SERVICE, [row for one in derived for row in one.services]),
        (TOPIC, [row for one in derived for row in one.topics]),
    ):
        put_rows(connection, _INSERT[table], parts)
    return keys


def _free_keys(connection: Connection, organisation: str, derived: Sequence[Derived]) -> dict[str, int]:
    keys: dict[str, int] = {}
    used: set[int] = set()
    wanted = {one.id: int(one.record["order_key"]) for one in derived}
    while wanted:
        asked = {"organisation": organisation, "keys": list(wanted.values())}
        used.update(connection.execute(_TAKEN, asked).scalars())
        clashing: dict[str, int] = {}
        for record, key in wanted.items():
            if key in used:
                clashing[record] = key + 1
            else:
                keys[record] = key
                used.add(key)
        wanted = clashing
    return keys
