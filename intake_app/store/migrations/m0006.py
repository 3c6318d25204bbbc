"""The search index is made anew: edits had spoilt it, and a word of an erased record could be left in it."""

from sqlalchemy import Connection


def run(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO record_search (record_search) VALUES ('rebuild')")
