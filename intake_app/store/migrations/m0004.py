"""Settling two versions of a record: decisions so far, and who is to be told that versions were joined."""

from sqlalchemy import Connection

from intake_app.store.tables import METADATA, NOTICE, SETTLING


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[SETTLING, NOTICE])
