"""Files that belong to records, their bytes in chunks."""

from sqlalchemy import Connection

from intake_app.store.tables import ATTACHMENT, ATTACHMENT_CHUNK, ATTACHMENT_USE, METADATA


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[ATTACHMENT, ATTACHMENT_CHUNK, ATTACHMENT_USE])
