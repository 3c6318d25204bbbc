"""Links between records have rows of their own, also those that came before this version knew them."""

from sqlalchemy import Connection, select

from intake_app.projection.tables import LINK, METADATA, RECORD, UNLINK
from intake_app.store import links


def run(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[LINK, UNLINK])
    # Where there is no record there is nothing that a link could join.
    projected_as = connection.execute(select(RECORD.c.organisation).limit(1)).scalar_one_or_none()
    if projected_as is not None:
        links.rebuild(connection, projected_as)
