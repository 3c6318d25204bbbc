"""Bringing in an ODS file, and then its next edition, beside csv.reader and raw writes of the same."""

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from big_store import MovingClock, new_store, opened, raw_connection
from made_services import editions
from rows import Row, median, milliseconds, side_by_side
from sqlalchemy import Connection, event

from intake_app.services.model import ImportReport
from intake_app.store.store import Store
from intake_app.times import IdMaker

_COLUMNS = ", ".join(f"c{number}" for number in range(27))
_INSERT = f"INSERT INTO raw_ods VALUES ({', '.join('?' * 27)})"

Statements = list[tuple[str, Any]]


class Measured:
    """Stores made once and copied for each measurement, and what our own import writes, by statement."""

    def __init__(self, options: Any) -> None:
        self.folder: Path = options.folder
        self.clock = MovingClock()
        self.first, self.second, self.which = editions(self.folder)
        store, _ = new_store(self.folder / "empty", self.clock, IdMaker(self.clock))
        store.close()
        shutil.copytree(self.folder / "empty", self.folder / "filled")
        with opened(self.folder / "filled", self.clock) as store:
            self.inserts, self.report = written_by(store, self.first)
        with opened(self.fresh("filled"), self.clock) as store:
            self.changes, self.update = written_by(store, self.second)

    def fresh(self, name: str) -> Path:
        """A copy of a store that nobody wrote to since."""
        folder = self.folder / "fresh"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / name, folder)
        return folder

    def ours(self, name: str, file: Path) -> float:
        with opened(self.fresh(name), self.clock) as store:
            return milliseconds(partial(store.directory.import_files, [file]))

    def raw(self, name: str, file: Path, statements: Statements | None) -> float:
        with opened(self.fresh(name), self.clock) as store:
            connection = raw_connection(store)
            took = milliseconds(partial(write_raw, connection, file, statements))
            connection.close()
        return took


def rows(options: Any) -> Iterator[Row]:
    made = Measured(options)
    what = f"import of an ODS file of {made.report.rows:,} rows ({made.which})"
    plain = [made.raw("empty", made.first, None) for _ in range(options.rounds)]
    whole, same = side_by_side(
        partial(made.ours, "empty", made.first),
        partial(made.raw, "empty", made.first, made.inserts),
        options.rounds,
    )
    # The fair limit writes what has to be written: each service once, and its words into the full-text index,
    # which alone costs several times the bare rows of the line above. The bare rows are told for comparison.
    yield Row(what, median(whole), "csv.reader + raw executemany of it, without an index", median(plain))
    yield Row(
        "the same", median(whole), "csv.reader + its services and index raw, at once", median(same), times=4
    )
    update, upsert = side_by_side(
        partial(made.ours, "filled", made.second),
        partial(made.raw, "filled", made.second, whole_upsert(made.changes, made.inserts)),
        options.rounds,
    )
    what = f"directory update {made.report.rows:,} → {made.update.rows:,} rows ({told(made.update)})"
    yield Row(
        what, median(update), "csv.reader + raw upsert of its services and index", median(upsert), times=5
    )


def told(report: ImportReport) -> str:
    return f"+{report.added}, {len(report.changes)} differences"


def written_by(store: Store, file: Path) -> tuple[Statements, ImportReport]:
    """The rows that an import writes: services, their words, what changed, and the full-text index."""
    statements: Statements = []

    class Noting:
        """The driver's cursor, with a note of what goes through it many times at once."""

        def __init__(self, cursor: Any) -> None:
            self._cursor = cursor

        def executemany(self, sql: str, values: Any) -> Any:
            kept = list(values)
            if kept:
                statements.append((sql, kept))
            return self._cursor.executemany(sql, kept)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._cursor, name)

    def note(connection: Connection) -> None:
        driver = connection.connection
        cursor = driver.cursor
        driver.cursor = lambda: Noting(cursor())  # type: ignore[attr-defined]

    event.listen(store._database.engine, "begin", note)
    report = store.directory.import_files([file])
    event.remove(store._database.engine, "begin", note)
    return statements, report


def whole_upsert(changes: Statements, inserts: Statements) -> Statements:
    """Every service of the list is put in place of itself, and what is new or different comes on top.

    Without comparing, all rows have to be written; the index only where a row is another one.
    """
    replaced = [
        (sql.replace("INSERT INTO service ", "INSERT OR REPLACE INTO service "), values)
        for sql, values in inserts
        if sql.startswith("INSERT INTO service ")
    ]
    return replaced + changes


def write_raw(connection: Any, file: Path, statements: Statements | None) -> None:
    """Reads the file and writes in one transaction: its bare rows, or the statements."""
    with as_text(file) as lines:
        read = list(csv.reader(lines))
    connection.execute("BEGIN IMMEDIATE")
    if statements is None:
        connection.execute(f"CREATE TABLE raw_ods ({_COLUMNS})")
        connection.executemany(_INSERT, read)
    for sql, values in statements or ():
        connection.executemany(sql, values)
    connection.execute("COMMIT")


def as_text(file: Path) -> io.TextIOBase:
    if file.suffix != ".zip":
        return file.open(encoding="utf-8", newline="")
    with zipfile.ZipFile(file) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".csv"))
        return io.StringIO(archive.read(name).decode("utf-8"), newline="")
