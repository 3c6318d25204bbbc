"""Writes in slices wait for the disk once, and leave every connection as careful as before."""

import contextlib

from intake_app.store.store import Store

FULL = 2


def test_a_slice_is_whole_and_the_next_write_is_durable_again(store: Store) -> None:
    database = store._database
    with database.write_slice() as connection:
        connection.exec_driver_sql("INSERT INTO service_word (word) VALUES ('kept')")
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() < FULL
    with contextlib.suppress(KeyError), database.write_slice() as connection:
        connection.exec_driver_sql("INSERT INTO service_word (word) VALUES ('undone')")
        raise KeyError
    with database.write() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == FULL
        found = connection.exec_driver_sql("SELECT word FROM service_word WHERE word IN ('kept', 'undone')")
        assert found.scalars().all() == ["kept"]
