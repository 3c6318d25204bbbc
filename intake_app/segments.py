"""Joins the segments of a full-text index a few pages at a time, so that a search reads one list, not many.

FTS5 keeps what each transaction added as a segment of its own; joining them is the larger part of the work of
adding thousands of records, and can be done when those are there (SQLite FTS5, "The merge command").
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from intake_app.long_work import never

_PAGES = 200
"""At a time: about 20 ms."""


def join_segments(
    index: str,
    write_slice: Callable[[], AbstractContextManager[Connection]],
    stopped: Callable[[], bool] = never,
) -> None:
    """One short transaction after another until nothing is left to join, or ``stopped``."""
    changed = True
    while changed and not stopped():
        with write_slice() as connection:
            before = _total_changes(connection)
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (_PAGES,))
            # FTS5 documents that a merge with nothing left to do changes fewer than two rows.
            changed = _total_changes(connection) - before >= 2


def _total_changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())
