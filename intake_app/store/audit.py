"""Who opened, withdrew or erased what, and why: written in the same transaction as the act itself."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from intake_app.documents import Document, Kind
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import AUDIT
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker, Instant

_INSERT = insert(AUDIT)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """``act`` is one of the codes below, ``subject`` a document's id (empty for a look-up by number),
    ``by`` a staff member's id."""

    id: str
    at: Instant
    by: str
    act: str
    subject: str
    reason: str


OPENED_PERSON = "opened_person"
OPENED_EQUALITY = "opened_equality"
LOOKED_UP_NUMBER = "looked_up_number"
LOOKED_UP_PERSON = "looked_up_person"
WITHDREW = "withdrew"
CLOSED_DANGER = "closed_danger"
ERASED = "erased"
BACKED_UP = "backed_up"
RESTORED = "restored"
RESENT = "resent"
MENDED = "mended"


class AuditLog:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def all(self, subject: str = "", limit: int = 500) -> tuple[AuditEntry, ...]:
        """Newest first; those about one document when ``subject`` is given."""
        statement = select(AUDIT).order_by(AUDIT.c.at_ms.desc(), AUDIT.c.id.desc()).limit(limit)
        if subject:
            statement = statement.where(AUDIT.c.subject == subject)
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        return tuple(
            AuditEntry(row.id, Instant(row.at_ms), row.by, row.act, row.subject, row.reason) for row in rows
        )

    def write(
        self, connection: Connection, act: str, subject: str = "", reason: str = "", by: str = ""
    ) -> None:
        """In the transaction of the act; travels to the hub as a document of its own."""
        at = self._clock()
        entry = self._ids()
        row = {
            "id": entry,
            "at_ms": at.utc_ms,
            "by": by or self._home.staff,
            "act": act,
            "subject": subject,
            "reason": clean_text(reason),
        }
        connection.execute(_INSERT, row)
        body = {
            "act": act,
            "subject": subject,
            "reason": row["reason"],
            "by": row["by"],
            "at": at.isoformat(),
        }
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.AUDIT,
            id=entry,
            mutation=self._ids(),
            body=json.dumps(body, ensure_ascii=False),
        )
        versions.add(connection, document, None, at, str(row["by"]), self._home.device)
