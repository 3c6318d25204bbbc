"""Settling versions of a record: decisions so far, what needs a person, who is told of joined ones."""

from sqlalchemy import Connection

from intake_app.store.tables import METADATA, NOTICE, SETTLING, TRIED

# As ``VersionRow`` says it: the table itself is there already.
_JOINING = "CREATE INDEX IF NOT EXISTS version_joining ON version (seq) WHERE instr(parents, ',') > 0"


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[SETTLING, TRIED, NOTICE])
    connection.exec_driver_sql(_JOINING)
