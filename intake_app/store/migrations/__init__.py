"""Brings a store to the newest schema: one numbered step, one transaction each, the file copied first.

The schema's number is SQLite's ``user_version``. Steps are ``mNNNN.py`` with ``run(connection)``.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from intake_app.errors import StoreDamaged, StoreForeign, StoreNewer
from intake_app.store.database import APPLICATION_ID, Database
from intake_app.store.files import file_faults
from intake_app.store.migrations import (  # fmt: skip
    m0001,
    m0002,
    m0003,
    m0004,
    m0005,
    m0006,
    m0007,
    m0008,
    m0009,
    m0010,
    m0011,
    m0012,
)

STEPS: tuple[Callable[[Connection], None], ...] = tuple(
    step.run for step in (m0001, m0002, m0003, m0004, m0005, m0006, m0007, m0008, m0009, m0010, m0011, m0012)
)
NEWEST = len(STEPS)


def found_schema(database: Database) -> int:
    """The schema's number. Raises StoreForeign, StoreNewer; StoreDamaged for a file emptied of everything."""
    with database.read() as connection:
        number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        program = int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())
        tables = int(connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one())
    path = str(database.path)
    if number > NEWEST:
        raise StoreNewer(path=path, found=number, known=NEWEST)
    if not tables:
        raise StoreDamaged(path=path, findings=("empty",))
    if program != APPLICATION_ID:
        raise StoreForeign(path=path, plain=False)
    return number


def create(database: Database) -> None:
    """Makes every table in a file that is still empty."""
    with database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    _run_from(database, 0)


def upgrade(database: Database) -> Path | None:
    """Runs the steps that are missing. Where there are any, returns the copy made of the file before.

    Raises DiskFull (nothing has changed then), StoreForeign, StoreNewer, StoreDamaged.
    """
    number = found_schema(database)
    if number == NEWEST:
        return None
    copy = database.path.with_name(f"{database.path.stem}.schema-{number}{database.path.suffix}")
    with database.write() as connection:
        # The write lock is held, and all that was committed is in the file once the log is empty.
        connection.exec_driver_sql("SELECT 1")
    raw = database.raw()
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
    with file_faults(copy):
        shutil.copy2(database.path, copy)
    _run_from(database, number)
    return copy


def _run_from(database: Database, number: int) -> None:
    for position in range(number, NEWEST):
        with database.write() as connection:
            STEPS[position](connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {position + 1}")
