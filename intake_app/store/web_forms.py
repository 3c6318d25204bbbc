"""Forms of the internet: how each is read, as somebody said once, and which of their responses are here."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from intake_app.documents import Kind
from intake_app.folding import fold
from intake_app.store import home as facts
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, DRAFT, ERASED, VERSION
from intake_app.times import named_id

_FORMS = "web_forms"
_RECORD = (
    select(func.json_extract(VERSION.c.body, "$.online.digest").label("digest"))
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == Kind.RECORD, DOCUMENT.c.id == bindparam("wanted"))
)
_DRAFT = select(func.json_extract(DRAFT.c.body, "$.record.online.digest").label("digest")).where(
    DRAFT.c.id == bindparam("wanted")
)
_ERASED = select(ERASED.c.marker).where(ERASED.c.document == bindparam("wanted"))


class Whereabouts(StrEnum):
    NEW = "new"
    RECORD = "record"
    DRAFT = "draft"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Known:
    """The id of a response's record, there or to be made, and the digest of what it was made of."""

    id: str
    where: Whereabouts
    digest: str = ""


class WebFormStore:
    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def forms(self) -> dict[str, dict[str, Any]]:
        """How each form is read, by its name, as ``keep`` was given it."""
        with self._database.read() as connection:
            found: dict[str, dict[str, Any]] = facts.read_fact(connection, _FORMS) or {}
        return found

    def keep(self, name: str, values: dict[str, Any]) -> None:
        """Replaces what was kept under this name, whatever its capitals and accents."""
        with self._database.write() as connection:
            known = facts.read_fact(connection, _FORMS) or {}
            others = {one: kept for one, kept in known.items() if fold(one) != fold(name)}
            facts.write_fact(connection, _FORMS, {**others, name: values})

    def look(self, form: str, partner: str, response: str) -> Known:
        """Whether the response is here, or was erased for good.

        Its record's id follows from the response, so that two computers that bring the same file in make the
        same record, and one that was erased stays so. Nobody outside can work it out: it takes the
        organisation's key, and those it had before it joined a hub.
        """
        told = json.dumps([fold(form).strip(), fold(partner).strip(), response])
        ids = [
            named_id(hmac.new(key, told.encode("utf-8", "replace"), hashlib.sha256).hexdigest())
            for key in self._home.keys
        ]
        with self._database.read() as connection:
            for one in ids:
                if (found := _known(connection, one)) is not None:
                    return found
        return Known(ids[0], Whereabouts.NEW)


def _known(connection: Connection, record_id: str) -> Known | None:
    asked = {"wanted": record_id}
    # A draft of a record that is there is being edited: it is the record.
    for where, statement in ((Whereabouts.RECORD, _RECORD), (Whereabouts.DRAFT, _DRAFT)):
        row: Row[Any] | None = connection.execute(statement, asked).one_or_none()
        if row is not None:
            return Known(record_id, where, str(row.digest or ""))
    if connection.execute(_ERASED, asked).first() is not None:
        return Known(record_id, Whereabouts.ERASED)
    return None
