"""The directory keeps dates, links, nicknames of its own, and which editions were brought in."""

from sqlalchemy import Connection

from intake_app.services import tables


def run(connection: Connection) -> None:
    tables.bring_up_to_date(connection)
