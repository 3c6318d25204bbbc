"""Many rows at once, without SQLAlchemy's work on each of them; on any connection."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler

_ROWS_AT_ONCE = 500, 50
"""Few numbers, so that the driver keeps the statements ready."""
_MOST_VALUES = 32_766
"""SQLite's own limit of values in one statement."""
_ONLY_MARKS = re.compile(r"\(\?(, \?)*\)")


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
        put_values(connection, ready.sql, [(row[name],) for row in whole])
    else:
        put_values(connection, ready.sql, list(map(itemgetter(*ready.names), whole)))


def put_values(connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """As ``connection.exec_driver_sql(sql, rows)``; on SQLite an INSERT ... VALUES takes many rows at a time.

    Its driver gives Python's lock back for each row and takes it again: for twenty thousand records that was
    nearly half of the time, and five times as much beside a thread that computes (measured).
    """
    done = 0
    if connection.dialect.name == "sqlite" and (marks := _marks(sql)):
        for at_once in _ROWS_AT_ONCE:
            several = sql + f", {marks}" * (at_once - 1)
            while len(rows) - done >= at_once and at_once * len(rows[0]) <= _MOST_VALUES:
                part = rows[done : done + at_once]
                connection.exec_driver_sql(several, tuple(chain.from_iterable(part)))
                done += at_once
    if done < len(rows):
        connection.exec_driver_sql(sql, list(rows[done:]))


def _marks(sql: str) -> str:
    """What stands for one row at the end of the statement; empty where it does not end so."""
    marks = sql.rpartition(" VALUES ")[2]
    return marks if _ONLY_MARKS.fullmatch(marks) else ""


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
