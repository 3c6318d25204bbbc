"""A directory of services in an encrypted file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.services import tables
from intake_app.services.directory import Directory
from intake_app.store.database import Database
from intake_app.times import Instant

NOON = Instant.parse("2026-11-20T12:00:00.000Z")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "services.db", b"k" * 32, b"s" * 16)
    with made.write() as connection:
        for table in tables.TABLES:
            table.create(connection)
        tables.create_search(connection)
    yield made
    made.close()


@pytest.fixture
def directory(database: Database) -> Directory:
    return Directory(database, lambda: NOON)
