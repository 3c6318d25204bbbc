"""What is written is durable at once, but for what can be repeated without harm."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from intake_app.store.database import Database

FULL, NORMAL = 2, 1


@pytest.fixture
def database(tmp_path: Path):
    opened = Database(tmp_path / "store", b"k" * 32, b"s" * 16)
    with opened.write() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (n INTEGER)")
    yield opened
    opened.close()


def level(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def test_only_a_slice_does_not_wait_for_the_disk(database: Database) -> None:
    with database.write_slice() as connection:
        assert level(connection) == NORMAL
        connection.exec_driver_sql("INSERT INTO kept VALUES (1)")
    for _ in range(6):
        with database.write() as connection:
            assert level(connection) == FULL
    with database.read() as connection:
        assert level(connection) == FULL
        assert connection.exec_driver_sql("SELECT n FROM kept").scalar_one() == 1


def test_what_failed_is_undone_and_the_next_write_is_durable_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(database)
    with database.write() as connection:
        assert level(connection) == FULL
        assert connection.exec_driver_sql("SELECT count(*) FROM kept").scalar_one() == 0


def _fail_half_way(database: Database) -> None:
    with database.write_slice() as connection:
        connection.exec_driver_sql("INSERT INTO kept VALUES (1)")
        raise ZeroDivisionError
