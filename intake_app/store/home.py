"""Where this store belongs: its organisation, device and key for people, and the facts kept beside them."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_app.store.summaries import Organisation
from intake_app.store.tables import FACT

_READ = select(FACT.c.value).where(FACT.c.name == bindparam("name"))
_WRITE = insert(FACT).prefix_with("OR REPLACE")
_REMOVE = delete(FACT).where(FACT.c.name == bindparam("wanted"))

ORGANISATION, DEVICE, ENROLMENT = "organisation", "device", "enrolment"
CURSOR, SCOPE, BACKFILL, LAST_SYNC = "cursor", "scope", "backfill", "last_sync"
BACKED_UP, STAFF, SWEPT = "backed_up", "staff", "swept"


@dataclass(slots=True)
class Home:
    """Changes only when joining a hub (a new organisation) or when somebody else sits down (``staff``)."""

    store: str
    organisation: Organisation
    organisation_key: bytes
    device: str
    staff: str = ""
    enrolled: bool = False


def read_fact(connection: Connection, name: str) -> Any:
    """The fact's value; None where it was never written."""
    text = connection.execute(_READ, {"name": name}).scalar_one_or_none()
    return None if text is None else json.loads(text)


def write_fact(connection: Connection, name: str, value: Any) -> None:
    """None removes it."""
    if value is None:
        connection.execute(_REMOVE, {"wanted": name})
    else:
        connection.execute(_WRITE, {"name": name, "value": json.dumps(value, ensure_ascii=False)})


def read_home(connection: Connection, store: str) -> Home:
    organisation = read_fact(connection, ORGANISATION)
    return Home(
        store=store,
        organisation=Organisation(organisation["id"], organisation["name"], organisation["area"]),
        organisation_key=bytes.fromhex(organisation["key"]),
        device=read_fact(connection, DEVICE),
        staff=read_fact(connection, STAFF) or "",
        enrolled=read_fact(connection, ENROLMENT) is not None,
    )


def write_organisation(connection: Connection, organisation: Organisation, key: bytes) -> None:
    values = {"id": organisation.id, "name": organisation.name, "area": organisation.area, "key": key.hex()}
    write_fact(connection, ORGANISATION, values)
