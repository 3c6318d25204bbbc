"""A pull's rows written again by the driver alone: what encryption and full text cost by themselves."""

import shutil
from pathlib import Path
from typing import Any

from big_store import MovingClock, opened, raw_connection
from rows import milliseconds

from intake_app.store.arrivals import SLICE
from intake_app.store.database import CHECKPOINT_PAGES_RELAXED
from intake_app.store.store import Store

_TABLES = "version", "document", "record_text", "projected_record", "projected_item", "projected_service"
_INDEX = "INSERT INTO record_search (rowid, words, tokens) VALUES (?, ?, ?)"

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(store: Store) -> Rows:
    """Every row that a pull writes, by table, in the order in which it came."""
    connection = raw_connection(store)
    try:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in _TABLES
        }
    finally:
        connection.close()


def written_alone(empty: Path, folder: Path, rows: Rows, clock: MovingClock) -> float:
    """Milliseconds, in transactions as large as a pull's and as relaxed; no Python but the driver's own."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(empty, folder)
    with opened(folder, clock) as store:
        connection = raw_connection(store)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES_RELAXED}")
        try:
            return milliseconds(lambda: _write(connection, rows))
        finally:
            connection.close()


def _write(connection: Any, rows: Rows) -> None:
    for start in range(0, len(rows["version"]), SLICE):
        connection.execute("BEGIN IMMEDIATE")
        for name, all_of_it in rows.items():
            if part := all_of_it[start : start + SLICE]:
                marks = ", ".join("?" * len(part[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", part)
        connection.executemany(
            _INDEX, [(row[0], *row[2:]) for row in rows["record_text"][start : start + SLICE]]
        )
        connection.execute("COMMIT")
