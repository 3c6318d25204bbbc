"""Gives what was taken before joining a hub to the hub's organisation, so that it may be sent."""

import hashlib
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from intake_app.documents import Kind
from intake_app.people import SealedPerson
from intake_app.projection.bulk import put_rows
from intake_app.store import attachment_uses, seal
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.people import put_tags
from intake_app.store.tables import OUTBOX, VERSION

SLICE = 250

_BEFORE = VERSION.alias("before")
_SEALED = (VERSION.c.kind == Kind.PERSON) & ~VERSION.c.deleted
_EARLIER = (
    select(
        VERSION.c.seq,
        VERSION.c.mutation,
        VERSION.c.document,
        # Only a person is written anew; reading every other body would take longer than all the rest.
        case((_SEALED, VERSION.c.body), else_="").label("sealed"),
        # Two edits of one version stay two: in a line, the later one would silently undo the earlier.
        func.coalesce(
            func.nullif(VERSION.c.after, ""),
            select(_BEFORE.c.mutation)
            .where(_BEFORE.c.document == VERSION.c.document, _BEFORE.c.seq < VERSION.c.seq)
            .order_by(_BEFORE.c.seq.desc())
            .limit(1)
            .scalar_subquery(),
            "",
        ).label("follows"),
    )
    .where(
        VERSION.c.organisation != bindparam("organisation"),
        or_(
            VERSION.c.device == bindparam("device"),
            # Also what came here by restoring a backup.
            select(OUTBOX.c.seq).where(OUTBOX.c.seq == VERSION.c.seq).exists(),
        ),
        VERSION.c.seq > bindparam("above"),
    )
    .order_by(VERSION.c.seq)
    .limit(SLICE)
)
_MOVE = (
    update(VERSION)
    .where(VERSION.c.seq == bindparam("at"))
    .values(
        organisation=bindparam("to"),
        base=0,
        after=bindparam("follows"),
        parents="[]",
        revision=0,
        head=False,
        received_ms=None,
        receipt_status="",
        receipt_code="",
    )
)
_RESEAL = (
    update(VERSION)
    .where(VERSION.c.seq == bindparam("at"))
    .values(body=bindparam("new_body"), sha256=bindparam("new_hash"))
)
_WAIT = insert(OUTBOX).prefix_with("OR REPLACE")


class Rehoming:
    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def run(self, organisation: str, key: bytes) -> None:
        """In slices; broken off, a repetition goes on. Nothing to move: nothing happens."""
        above = 0
        while True:
            with self._database.write() as connection:
                asked = {"organisation": organisation, "device": self._home.device, "above": above}
                rows = connection.execute(_EARLIER, asked).all()
                put_rows(connection, _MOVE, [_move(row, organisation) for row in rows])
                put_rows(connection, _WAIT, [_waiting(row, organisation) for row in rows])
                self._reseal(connection, [row for row in rows if row.sealed], key)
                attachment_uses.send_again(connection, [row.document for row in rows])
            if not rows:
                return
            above = rows[-1].seq

    def _reseal(self, connection: Connection, rows: list[Any], key: bytes) -> None:
        """Persons are sealed with the organisation's key, which is another one now."""
        fresh = [(row.seq, self._with_key(row.sealed, key)) for row in rows]
        put_tags(connection, [person for _seq, person in fresh])
        bodies = [(seq, person.to_json()) for seq, person in fresh]
        put_rows(
            connection,
            _RESEAL,
            [
                {"at": seq, "new_body": body, "new_hash": hashlib.sha256(body.encode()).hexdigest()}
                for seq, body in bodies
            ],
        )

    def _with_key(self, body: str, key: bytes) -> SealedPerson:
        return seal.resealed(SealedPerson.parse(body), self._home.keys, key)


def _move(row: Any, organisation: str) -> dict[str, Any]:
    return {"at": row.seq, "to": organisation, "follows": row.follows}


def _waiting(row: Any, organisation: str) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "mutation": row.mutation,
        "document": row.document,
        "organisation": organisation,
        "attempted": False,
        "refused": "",
        "details": "",
    }
