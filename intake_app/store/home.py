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
PULLED, BACKFILL, LAST_SYNC = "pulled", "backfill", "last_sync"
BACKED_UP, STAFF = "backed_up", "staff"
EARLIER, LOCAL_KEY = "earlier", "local_key"
TURN, SPLIT = "turn", "split"
PRACTICE = "practice"


@dataclass(slots=True)
class Home:
    """Changes only when joining a hub (a new organisation) or when somebody else sits down (``staff``).

    ``keys`` are those of persons: the organisation's first, then of organisations before. ``local_key`` seals
    what never leaves this computer. ``practice``: nothing here is real, from the day the store was made.
    """

    store: str
    organisation: Organisation
    organisation_key: bytes
    keys: tuple[bytes, ...]
    local_key: bytes
    device: str
    staff: str = ""
    enrolled: bool = False
    practice: bool = False

    def take_over(self, fresh: "Home") -> None:
        """After another process, or joining a hub, changed the facts."""
        for name in ("organisation", "organisation_key", "keys", "device", "staff", "enrolled"):
            setattr(self, name, getattr(fresh, name))

    @property
    def projected_as(self) -> str:
        """The organisation in projected rows here: one that joining a hub does not change."""
        return self.store


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
    earlier = [bytes.fromhex(one["key"]) for one in read_fact(connection, EARLIER) or ()]
    key = bytes.fromhex(organisation["key"])
    return Home(
        store=store,
        organisation=Organisation(organisation["id"], organisation["name"], organisation["area"]),
        organisation_key=key,
        keys=(key, *earlier),
        local_key=bytes.fromhex(read_fact(connection, LOCAL_KEY)),
        device=read_fact(connection, DEVICE),
        staff=read_fact(connection, STAFF) or "",
        enrolled=read_fact(connection, ENROLMENT) is not None,
        practice=read_fact(connection, PRACTICE) is not None,
    )


def write_organisation(connection: Connection, organisation: Organisation, key: bytes) -> None:
    values = {"id": organisation.id, "name": organisation.name, "area": organisation.area, "key": key.hex()}
    before = read_fact(connection, ORGANISATION)
    if before is not None and before["key"] != values["key"]:
        # Persons sealed before stay sealed as they are until somebody says they may be sent.
        earlier = [one for one in read_fact(connection, EARLIER) or () if one["key"] != before["key"]]
        write_fact(connection, EARLIER, [before, *earlier])
    write_fact(connection, ORGANISATION, values)
