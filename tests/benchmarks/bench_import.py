"""Bringing in an ODS file, beside reading the same with csv.reader and writing its rows raw."""

import csv
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from big_store import MovingClock, new_store, opened, raw_connection
from made_services import epraccur
from rows import Row, median, milliseconds, side_by_side
from sqlalchemy import event

from intake_app.services.directory import Directory
from intake_app.store.store import Store
from intake_app.times import IdMaker

_COLUMNS = ", ".join(f"c{number}" for number in range(27))
_INSERT = f"INSERT INTO raw_ods VALUES ({', '.join('?' * 27)})"


def rows(options: Any) -> Iterator[Row]:
    file, which = epraccur(options.folder)
    clock = MovingClock()
    empty = options.folder / "empty"
    store, _ = new_store(empty, clock, IdMaker(clock))
    store.close()
    counted: list[int] = []

    def fresh() -> Path:
        """A store that nobody wrote to."""
        folder: Path = options.folder / "fresh"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(empty, folder)
        return folder

    def ours() -> float:
        with opened(fresh(), clock) as store:
            took = milliseconds(partial(bring_in, store.directory, file, counted))
        return took

    def raw() -> float:
        with opened(fresh(), clock) as store:
            connection = raw_connection(store)
            took = milliseconds(partial(write_raw, connection, file))
            connection.close()
        return took

    def same() -> float:
        with opened(fresh(), clock) as store:
            connection = raw_connection(store)
            took = milliseconds(partial(write_same, connection, file, statements))
            connection.close()
        return took

    with opened(fresh(), clock) as store:
        statements = written_by(store, file)
    whole, limit = side_by_side(ours, raw, options.rounds)
    filled = [same() for _ in range(options.rounds)]
    what = f"import of an ODS file of {counted[0]:,} rows ({which})"
    yield Row(what, median(whole), "csv.reader + raw executemany of it", median(limit), times=4)
    yield Row("the same", median(whole), "csv.reader + its services and index raw, at once", median(filled))


def bring_in(directory: Directory, file: Path, counted: list[int]) -> None:
    report = directory.import_files([file])
    counted.append(report.rows)


def write_raw(connection: Any, file: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"CREATE TABLE raw_ods ({_COLUMNS})")
    with file.open(encoding="utf-8", newline="") as lines:
        connection.executemany(_INSERT, csv.reader(lines))
    connection.execute("COMMIT")


def written_by(store: Store, file: Path) -> list[tuple[str, Any]]:
    """The inserts that an import makes: services, their words and the full-text index."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if many and sql.startswith("INSERT"):
            statements.append((sql, values))

    event.listen(store._database.engine, "before_cursor_execute", note)
    store.directory.import_files([file])
    event.remove(store._database.engine, "before_cursor_execute", note)
    return statements


def write_same(connection: Any, file: Path, statements: list[tuple[str, Any]]) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        list(csv.reader(lines))
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        connection.executemany(sql, values)
    connection.execute("COMMIT")
