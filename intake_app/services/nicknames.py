"""What staff call a service among themselves: found like its name, and no import takes it away."""

from collections.abc import Sequence

from sqlalchemy import Connection

from intake_app.bodies import Body, StoredInstant
from intake_app.services.writing import reindex
from intake_app.text import clean_text

LONGEST = 100

_PUT = "INSERT OR REPLACE INTO service_nickname (document, service, name) VALUES (?, ?, ?)"
_REMOVE = "DELETE FROM service_nickname WHERE document = ? RETURNING service"
_OF_SERVICE = "SELECT document, name FROM service_nickname WHERE service = ? ORDER BY document"
_PLACE = "SELECT place FROM service WHERE id = ?"
_SHOW = "UPDATE service SET nicknames = ? WHERE place = ?"


class Nickname(Body):
    """The body of the document: one nickname of one service, so that two given at once are no conflict."""

    service: str
    name: str
    made: StoredInstant
    by: str = ""


def cleaned(name: str) -> str:
    """In one line and not endless; empty for no name at all."""
    return " ".join(clean_text(name).split())[:LONGEST].strip()


def put(connection: Connection, document: str, service: str, name: str) -> None:
    """The service need not be known: it has the name from its first import on."""
    connection.exec_driver_sql(_PUT, (document, service, name))
    _refresh(connection, service)


def take_away(connection: Connection, documents: Sequence[str]) -> None:
    """Documents that never were a nickname's change nothing."""
    for document in documents:
        row = connection.exec_driver_sql(_REMOVE, (document,)).fetchone()
        if row is not None:
            _refresh(connection, row[0])


def of_service(connection: Connection, service: str) -> tuple[tuple[str, str], ...]:
    """Document and name, oldest first; the same name given twice is there twice."""
    return tuple(tuple(row) for row in connection.exec_driver_sql(_OF_SERVICE, (service,)))


def _refresh(connection: Connection, service: str) -> None:
    row = connection.exec_driver_sql(_PLACE, (service,)).fetchone()
    if row is not None:
        names = dict.fromkeys(name for _, name in of_service(connection, service))
        connection.exec_driver_sql(_SHOW, ("\n".join(names), row[0]))
        reindex(connection, row[0], row[0])
