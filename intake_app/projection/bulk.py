"""Many rows at once, without SQLAlchemy's work on each of them; on any connection."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert
from sqlalchemy.sql.compiler import SQLCompiler


def put_rows(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """As ``connection.execute(statement, rows)``, in half the time; no rows: nothing.

    All rows have the keys of the first, which are columns, and values that the driver takes as they are:
    text, numbers, True, False, None. ``statement`` is one that is kept: each is compiled once.
    """
    if not rows:
        return
    compiled = _compiled(statement, tuple(rows[0]), connection.dialect)
    if compiled.positiontup is None:
        connection.exec_driver_sql(str(compiled), [dict(row) for row in rows])
    elif len(compiled.positiontup) == 1:
        [name] = compiled.positiontup
        connection.exec_driver_sql(str(compiled), [(row[name],) for row in rows])
    else:
        connection.exec_driver_sql(str(compiled), list(map(itemgetter(*compiled.positiontup), rows)))


@lru_cache(maxsize=100)
def _compiled(statement: Insert, columns: tuple[str, ...], dialect: Dialect) -> SQLCompiler:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns), for_executemany=True)
    assert isinstance(compiled, SQLCompiler)
    return compiled
