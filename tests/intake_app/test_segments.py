"""The segments of a full-text index are joined a few pages at a time, and left alone when told to stop."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine

from intake_app import segments


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        with opened.begin():
            opened.exec_driver_sql("CREATE VIRTUAL TABLE words USING fts5(said)")
        for number in range(9):
            with opened.begin():
                opened.exec_driver_sql("INSERT INTO words VALUES (?)", (f"word{number} again",))
        yield opened
    engine.dispose()


def counted(connection: Connection) -> int:
    with connection.begin():
        return int(connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM words_idx").scalar_one())


def test_segments_become_one_in_transactions_of_their_own(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "_PAGES", 1)
    steps = 0

    @contextmanager
    def write_slice() -> Iterator[Connection]:
        nonlocal steps
        steps += 1
        with connection.begin():
            yield connection

    assert counted(connection) == 9
    segments.join_segments("words", write_slice, lambda: True)
    assert (counted(connection), steps) == (9, 0)
    segments.join_segments("words", write_slice)
    assert counted(connection) == 1
    assert steps > 1
    with connection.begin():
        found = connection.exec_driver_sql("SELECT count(*) FROM words WHERE words MATCH 'again'")
        assert found.scalar_one() == 9
