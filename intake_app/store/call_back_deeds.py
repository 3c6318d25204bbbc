"""The documents that tell what was done about calling people back, and when they may be rung."""

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from intake_app.call_backs import CallBackDeed, CallHours
from intake_app.documents import Kind
from intake_app.store.tables import DOCUMENT, VERSION

_KEPT = (
    select(VERSION.c.body)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == bindparam("kind"), VERSION.c.deleted == 0)
)

Kept = TypeVar("Kept", CallBackDeed, CallHours)


def deeds(connection: Connection) -> list[CallBackDeed]:
    """In any order. A body of a newer program that cannot be read is passed over."""
    return list(_readable(connection, Kind.CALL_BACK, CallBackDeed))


def hours(connection: Connection) -> list[CallHours]:
    """Every version of the hours that somebody wrote, in any order."""
    return list(_readable(connection, Kind.CALL_HOURS, CallHours))


def of_record(connection: Connection, record_id: str) -> list[str]:
    """The ids of the documents that speak of a record, to be erased with it."""
    return [one.id for one in deeds(connection) if one.record == record_id]


def _readable(connection: Connection, kind: Kind, shape: type[Kept]) -> Iterator[Kept]:
    for body in connection.execute(_KEPT, {"kind": kind.value}).scalars().all():
        try:
            yield shape.parse(body)
        except ValueError:
            continue
