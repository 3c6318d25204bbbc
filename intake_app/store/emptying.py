"""Empties a store that is for practice; a real store is never emptied by anything."""

from sqlalchemy import delete

from intake_app.projection.tables import METADATA as PROJECTION
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import FACT, METADATA, PREFERENCE, STAFF

_KEPT = (FACT, PREFERENCE, STAFF)
"""What the store is and who writes in it. Every other table, also a later one, holds what was practised."""


def empty(database: Database, home: Home) -> None:
    """In one transaction; the directory of services stays. Raises ValueError for a real store."""
    if not home.practice:
        raise ValueError("a real store")
    with database.write() as connection:
        # Before the rows that it was fed from: afterwards it could not find its own words.
        connection.exec_driver_sql("INSERT INTO record_search (record_search) VALUES ('delete-all')")
        for table in (*METADATA.sorted_tables, *PROJECTION.sorted_tables):
            if table not in _KEPT:
                connection.execute(delete(table))
