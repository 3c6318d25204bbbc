"""Two migrations that only the proof of kills knows, after however many the program has."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from intake_app.store import migrations

NEWEST_BEFORE = migrations.NEWEST


def _first(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE proof_copy AS SELECT mutation, sha256, body FROM version")
    connection.exec_driver_sql("CREATE UNIQUE INDEX proof_copy_mutation ON proof_copy (mutation)")


def _second(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE version ADD COLUMN proof TEXT NOT NULL DEFAULT ''")
    connection.exec_driver_sql(
        "UPDATE version SET proof = (SELECT sha256 FROM proof_copy one"
        " WHERE one.mutation = version.mutation AND one.body = version.body)"
    )
    connection.exec_driver_sql("DROP TABLE proof_copy")


def register() -> None:
    """For the rest of this process."""
    migrations.STEPS = (*migrations.STEPS[:NEWEST_BEFORE], _first, _second)
    migrations.NEWEST = NEWEST_BEFORE + 2


@contextmanager
def registered() -> Iterator[None]:
    steps = migrations.STEPS
    register()
    try:
        yield
    finally:
        migrations.STEPS, migrations.NEWEST = steps, NEWEST_BEFORE
