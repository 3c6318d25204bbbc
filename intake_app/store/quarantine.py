"""What the hub refused: why, what may be done about it, and doing it. Nothing is sent again by itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from intake_app.documents import Audience, Document, Kind
from intake_app.errors import RecordMissing
from intake_app.people import SealedPerson
from intake_app.records import Record, reference_of
from intake_app.store import audit, outbox, seal, showing, versions
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, OUTBOX, VERSION
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker, Instant

ORGANISATION, HASH, TOO_LARGE, ENVELOPE = "organisation", "hash", "too_large", "envelope"
UNSTORABLE, REUSED = "unstorable", "mutation_reused"
_MENDABLE_FIELDS = ("body", "mutation", "after", "audience")

_REFUSED = (
    select(VERSION, OUTBOX.c.refused, OUTBOX.c.details, DOCUMENT.c.mutation.label("shown"))
    .join_from(OUTBOX, VERSION, VERSION.c.seq == OUTBOX.c.seq)
    .join(DOCUMENT, (DOCUMENT.c.kind == VERSION.c.kind) & (DOCUMENT.c.id == VERSION.c.document))
    .where(OUTBOX.c.refused != "")
    .order_by(OUTBOX.c.seq)
)
_ONE = _REFUSED.where(OUTBOX.c.mutation == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class RefusedVersion:
    """One version that the hub refused; ``reference`` is empty for what is no record.

    ``may_mend``: a version without the fault can be made from it · ``may_edit``: the record can be opened and
    finished again.
    """

    mutation: str
    document: str
    kind: str
    reference: str
    saved: Instant
    reason: str
    details: Mapping[str, Any]
    may_mend: bool
    may_edit: bool


class Quarantine:
    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        ids: IdMaker,
        audit_log: AuditLog,
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._audit = audit_log

    def all(self) -> tuple[RefusedVersion, ...]:
        """In the order saved."""
        with self._database.read() as connection:
            return tuple(_refused(row) for row in connection.execute(_REFUSED).all())

    def document(self, mutation: str) -> Document:
        """As it was refused, to be taken out as a file. Raises RecordMissing."""
        with self._database.read() as connection:
            return versions.document_of(self._row(connection, mutation))

    def mend(self, mutation: str, by: str = "") -> None:
        """A version without the fault waits in place of the refused one, which stays in the history.

        Characters that no database keeps become U+FFFD, the organisation becomes the hub's, and the version
        gets a name of its own. Raises RecordMissing for what is not refused any more; StoreDamaged where a
        person's details were sealed for an organisation that nobody here belonged to.
        """
        at = self._clock()
        by = by or self._home.staff
        with self._database.write() as connection:
            row = self._row(connection, mutation)
            mended = self._mended(versions.document_of(row))
            outbox.replace(connection, [mutation])
            showing.add(connection, self._home, mended, at, by, self._home.device)
            self._audit.write(connection, audit.MENDED, row.document, row.refused, by)

    def _mended(self, document: Document) -> Document:
        body = clean_text(document.body)
        elsewhere = document.organisation != self._home.organisation.id
        if elsewhere and document.kind == Kind.PERSON and not document.deleted:
            fresh = seal.resealed(SealedPerson.parse(body), self._home.keys, self._home.organisation_key)
            body = fresh.to_json()
        known = document.audience in {one.value for one in Audience}
        return replace(
            document,
            organisation=self._home.organisation.id,
            mutation=self._ids(),
            body=body,
            # Numbers of another organisation's hub mean nothing here.
            base=0 if elsewhere else document.base,
            parents=() if elsewhere else document.parents,
            audience=document.audience if known else Audience.ORGANISATION.value,
        )

    def _row(self, connection: Connection, mutation: str) -> Row[Any]:
        row = connection.execute(_ONE, {"wanted": mutation}).one_or_none()
        if row is None:
            raise RecordMissing(id=mutation)
        return row


def _refused(row: Row[Any]) -> RefusedVersion:
    details: Mapping[str, Any] = json.loads(row.details) if row.details else {}
    # A version that another one followed is mended by that one.
    in_sight = row.shown == row.mutation
    mendable = row.refused in (ORGANISATION, REUSED) or (
        row.refused == UNSTORABLE and details.get("field") in _MENDABLE_FIELDS
    )
    return RefusedVersion(
        mutation=row.mutation,
        document=row.document,
        kind=row.kind,
        reference=_reference(row),
        saved=Instant(row.saved_ms),
        reason=row.refused,
        details=details,
        may_mend=mendable and in_sight,
        may_edit=row.kind == Kind.RECORD and in_sight and not row.deleted and _readable(row.body),
    )


def _reference(row: Row[Any]) -> str:
    if row.kind != Kind.RECORD:
        return ""
    try:
        return reference_of(row.document)
    except ValueError:
        return ""


def _readable(body: str) -> bool:
    try:
        Record.parse(body)
    except ValueError:
        return False
    return True
