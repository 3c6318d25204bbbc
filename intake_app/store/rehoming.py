"""Gives what was taken before joining a hub to the hub's organisation, so that it may be sent."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from intake_app.documents import Kind
from intake_app.people import SealedPerson
from intake_app.store import seal, versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.people import PeopleStore
from intake_app.store.tables import OUTBOX, VERSION

SLICE = 100

_EARLIER = (
    select(VERSION)
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
_BEFORE = (
    select(VERSION.c.mutation)
    .where(VERSION.c.document == bindparam("document"), VERSION.c.seq < bindparam("below"))
    .order_by(VERSION.c.seq.desc())
    .limit(1)
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
        body=bindparam("new_body"),
        sha256=bindparam("new_hash"),
    )
)
_WAIT = insert(OUTBOX).prefix_with("OR REPLACE")


class Rehoming:
    def __init__(self, database: Database, home: Home, people: PeopleStore) -> None:
        self._database = database
        self._home = home
        self._people = people

    def run(self, organisation: str, key: bytes) -> None:
        """In slices; broken off, a repetition goes on. Nothing to move: nothing happens."""
        above = 0
        while True:
            with self._database.write() as connection:
                asked = {"organisation": organisation, "device": self._home.device, "above": above}
                rows = connection.execute(_EARLIER, asked).all()
                for row in rows:
                    self._move(connection, row, organisation, key)
            if not rows:
                return
            above = rows[-1].seq

    def _move(self, connection: Connection, row: Any, organisation: str, key: bytes) -> None:
        document = versions.document_of(row)
        body = document.body
        if document.kind == Kind.PERSON and not document.deleted:
            body = self._resealed(connection, body, key)
        # Two edits of one version stay two: in a line, the later one would silently undo the earlier.
        follows = (
            row.after
            or connection.execute(_BEFORE, {"document": row.document, "below": row.seq}).scalar_one_or_none()
        )
        moved = replace(document, organisation=organisation, body=body)
        values = {"at": row.seq, "to": organisation, "follows": follows or "", "new_body": body}
        connection.execute(_MOVE, values | {"new_hash": moved.sha256})
        connection.execute(_WAIT, versions.waiting_row(row.seq, moved))

    def _resealed(self, connection: Connection, body: str, key: bytes) -> str:
        person = SealedPerson.parse(body)
        details = seal.unseal_with(person, self._home.keys)
        fresh = seal.seal(details, key, person.made)
        self._people.put_tags(connection, [fresh])
        return fresh.to_json()
