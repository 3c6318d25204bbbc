"""Many rows at once, without SQLAlchemy's work on each of them; on any connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler


def put_rows(connection: Connection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """As ``connection.execute(statement, rows)``, in half the time; no rows: nothing.

    All rows have the keys of the first, which are columns, or the parameters of an update, and values that
    the driver takes as they are: text, numbers, True, False, None. ``statement`` is one that is kept: each is
    compiled once.
    """
    if not rows:
        return
    ready = _compiled(statement, tuple(rows[0]), connection.dialect)
    whole = [{**ready.constants, **row} for row in rows] if ready.constants else rows
    if ready.names is None:
        connection.exec_driver_sql(ready.sql, [dict(row) for row in whole])
    elif len(ready.names) == 1:
        [name] = ready.names
        connection.exec_driver_sql(ready.sql, [(row[name],) for row in whole])
    else:
        connection.exec_driver_sql(ready.sql, list(map(itemgetter(*ready.names), whole)))


@dataclass(frozen=True, slots=True)
class _Ready:
    """``names`` are in the order of the driver's marks, None where it takes them by name."""

    sql: str
    names: tuple[str, ...] | None
    constants: dict[str, Any]


@lru_cache(maxsize=100)
def _compiled(statement: Insert | Update, columns: tuple[str, ...], dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns), for_executemany=True)
    assert isinstance(compiled, SQLCompiler)
    names = compiled.positiontup
    # What the statement itself says, such as head = false.
    constants = {name: value for name, value in compiled.params.items() if name not in columns}
    return _Ready(str(compiled), None if names is None else tuple(names), constants)
