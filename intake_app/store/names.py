"""Names of those who write, told to the organisation's other computers: "Amina wrote" needs to know Amina.

A staff member's id is minted by the computer they write on. Their name travels as a document of its own, so
that no record holds it and no export of records shows it.
"""

import json

from sqlalchemy import Connection, bindparam, select

from intake_app.documents import Document, Kind
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import STAFF
from intake_app.times import Clock, IdMaker

_HERE = select(STAFF.c.name).where(STAFF.c.id == bindparam("member"))
_EVERYBODY = select(STAFF.c.id, STAFF.c.name).where(STAFF.c.name != "").order_by(STAFF.c.added_ms, STAFF.c.id)


def name_of(connection: Connection, staff_id: str) -> str:
    """Of somebody who writes here or on another computer; empty where the name is not known."""
    here = connection.execute(_HERE, {"member": staff_id}).scalar_one_or_none()
    if here is not None:
        return str(here)
    found = versions.shown_body(connection, staff_id, Kind.STAFF)
    return "" if found is None else _named(found[0])


def tell(database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
    """Lets every name that the hub does not know yet, or knows otherwise, wait to be sent."""
    with database.read() as connection:
        if not _untold(connection):
            return
    with database.write() as connection:
        for member, name in _untold(connection):
            tip = versions.shown(connection, member, Kind.STAFF)
            document = Document(
                organisation=home.organisation.id,
                kind=Kind.STAFF,
                id=member,
                mutation=ids(),
                body=json.dumps({"id": member, "name": name}, ensure_ascii=False),
                **versions.lineage(tip),
            )
            versions.add(connection, document, tip, clock(), member, home.device)


def _untold(connection: Connection) -> list[tuple[str, str]]:
    found = []
    for member, name in connection.execute(_EVERYBODY).all():
        told = versions.shown_body(connection, member, Kind.STAFF)
        if told is None or _named(told[0]) != name:
            found.append((member, name))
    return found


def _named(body: str) -> str:
    try:
        values = json.loads(body)
    except ValueError:
        return ""
    name = values.get("name") if isinstance(values, dict) else None
    return name if isinstance(name, str) else ""
