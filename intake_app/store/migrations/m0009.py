"""Emails that wait to be taken down."""

from sqlalchemy import Connection

from intake_app.store.tables import MESSAGE, MESSAGE_SOURCE, METADATA


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[MESSAGE, MESSAGE_SOURCE])
