"""What waits for the hub: one row a saved version, struck only by the receipt for exactly that one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, text, update

from intake_app.documents import Document, Kind, Receipt, ReceiptStatus
from intake_app.projection.bulk import put_rows
from intake_app.store import audit, versions
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.summaries import Counts
from intake_app.store.tables import DOCUMENT, OUTBOX, VERSION
from intake_app.times import Instant

_WAITING = (
    select(VERSION, OUTBOX.c.attempted)
    .join_from(OUTBOX, VERSION, VERSION.c.seq == OUTBOX.c.seq)
    .where(OUTBOX.c.refused == "", OUTBOX.c.organisation == bindparam("organisation"))
    .order_by(OUTBOX.c.seq)
    .limit(bindparam("most"))
)
_ATTEMPTED = _WAITING.where(OUTBOX.c.attempted == 1).offset(bindparam("beyond"))
_FRESH = _WAITING.where(OUTBOX.c.attempted == 0)
_MARK = update(OUTBOX).where(OUTBOX.c.mutation.in_(bindparam("sent", expanding=True))).values(attempted=True)
_RECEIVED = (
    update(VERSION)
    .where(VERSION.c.mutation == bindparam("of"))
    .values(
        revision=bindparam("number"),
        head=True,
        received_ms=bindparam("at"),
        receipt_status=bindparam("as_status"),
        receipt_code=bindparam("with_code"),
    )
)
_ENVELOPES = select(
    VERSION.c.mutation, VERSION.c.document, VERSION.c.kind, VERSION.c.base, VERSION.c.after, VERSION.c.parents
).where(VERSION.c.mutation.in_(bindparam("received", expanding=True)))
_REPLACED = (
    update(VERSION)
    .where(VERSION.c.document == bindparam("of"), VERSION.c.revision == bindparam("number"))
    .values(head=False)
)
_FOLLOWED = update(VERSION).where(VERSION.c.mutation == bindparam("of")).values(head=False)
_STRIKE = delete(OUTBOX).where(OUTBOX.c.mutation.in_(bindparam("received", expanding=True)))
_CONFLICT = (
    update(DOCUMENT)
    .where(DOCUMENT.c.kind == bindparam("of_kind"), DOCUMENT.c.id == bindparam("of"))
    .values(conflict=True)
)
_EARLIER = text(
    """
    WITH RECURSIVE earlier (mutation) AS (
        SELECT after FROM version WHERE mutation = :received AND after <> ''
        UNION SELECT v.after FROM version v JOIN earlier e ON v.mutation = e.mutation WHERE v.after <> '')
    SELECT o.mutation FROM outbox o JOIN earlier e ON e.mutation = o.mutation WHERE o.refused <> ''
    """
)
_REPLACE = update(VERSION).where(VERSION.c.mutation == bindparam("of")).values(receipt_status="replaced")
_HEADS_HERE = (
    select(func.count())
    .where(VERSION.c.document == DOCUMENT.c.id, VERSION.c.head, VERSION.c.revision > 0)
    .scalar_subquery()
)
_SETTLED = _CONFLICT.values(conflict=False)
_REFUSE = (
    update(OUTBOX)
    .where(OUTBOX.c.mutation == bindparam("of"))
    .values(refused=bindparam("reason"), details=bindparam("with_details"), attempted=False)
)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """``attempted``: a send was begun and nobody knows how it ended; the same bytes go again first."""

    document: Document
    attempted: bool


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A version the hub refused: shown, mendable by an edit, never sent again by itself."""

    mutation: str
    document: str
    kind: str
    saved: Instant
    reason: str
    details: Mapping[str, Any]


class Outbox:
    def __init__(self, database: Database, home: Home, audit_log: AuditLog) -> None:
        self._database = database
        self._home = home
        self._audit = audit_log

    def pending(
        self, max_documents: int = 500, max_bytes: int = 1_000_000, beyond: int = 0
    ) -> tuple[OutboxEntry, ...]:
        """In the order saved, attempted ones first; at least one where any waits, whatever its size.

        ``beyond``: so many of the attempted ones are under way, and what follows them is wanted.
        Versions taken before joining a hub wait for ``rehome`` and are not among them.
        """
        if not self._home.enrolled:
            return ()
        asked = {"organisation": self._home.organisation.id, "most": max_documents}
        entries: list[OutboxEntry] = []
        size = 0
        with self._database.read() as connection:
            for statement, left_out in ((_ATTEMPTED, {"beyond": beyond}), (_FRESH, {})):
                for row in connection.execute(statement, asked | left_out):
                    size += len(row.body) if row.body.isascii() else len(row.body.encode())
                    if len(entries) == max_documents or (entries and size > max_bytes):
                        return tuple(entries)
                    entries.append(OutboxEntry(versions.document_of(row), row.attempted))
        return tuple(entries)

    def mark_attempted(self, mutations: Sequence[str]) -> None:
        """Before the first byte leaves."""
        if mutations:
            with self._database.write() as connection:
                connection.execute(_MARK, {"sent": list(mutations)})

    def accept_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Strikes exactly the versions named and keeps the receipts; an unknown version is no error."""
        if not receipts:
            return
        with self._database.write_slice() as connection:
            put_rows(connection, _RECEIVED, [_received(receipt) for receipt in receipts])
            mutations = [receipt.mutation for receipt in receipts]
            connection.execute(_STRIKE, {"received": mutations})
            envelopes = {row.mutation: row for row in connection.execute(_ENVELOPES, {"received": mutations})}
            replaced: list[dict[str, Any]] = []
            for row in envelopes.values():
                numbers = {*versions.parents_of(row), row.base} - {0}
                replaced += [{"of": row.document, "number": number} for number in numbers]
            if replaced:
                put_rows(connection, _REPLACED, replaced)
            followed = [{"of": row.after} for row in envelopes.values() if row.after]
            if followed:
                # A refused version whose words went on in one that arrived has nothing left to mend.
                for row in envelopes.values():
                    if row.after:
                        earlier = connection.execute(_EARLIER, {"received": row.mutation}).scalars().all()
                        replace(connection, earlier)
                put_rows(connection, _FOLLOWED, followed)
            joining = [
                {"of_kind": envelopes[receipt.mutation].kind, "of": receipt.id}
                for receipt in receipts
                if receipt.status == ReceiptStatus.ACCEPTED
                and receipt.mutation in envelopes
                and envelopes[receipt.mutation].parents != "[]"
            ]
            if joining:
                # Accepted: the hub knows no other version beside the one that joins them.
                connection.execute(_SETTLED, joining)
            siblings = [
                {"of_kind": envelopes[receipt.mutation].kind, "of": receipt.id}
                for receipt in receipts
                if receipt.status == ReceiptStatus.CONFLICT and receipt.mutation in envelopes
            ]
            if siblings:
                connection.execute(_CONFLICT, siblings)

    def quarantine(self, mutation: str, reason: str, details: Mapping[str, Any]) -> None:
        """The hub refused this version; it stays here, and no later one waits for it."""
        values = {"of": mutation, "reason": reason or "refused"}
        values["with_details"] = json.dumps(dict(details), ensure_ascii=False)
        with self._database.write() as connection:
            connection.execute(_REFUSE, values)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """In the order saved."""
        statement = (
            select(OUTBOX, VERSION.c.kind, VERSION.c.saved_ms)
            .join_from(OUTBOX, VERSION, VERSION.c.seq == OUTBOX.c.seq)
            .where(OUTBOX.c.refused != "")
            .order_by(OUTBOX.c.seq)
        )
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        return tuple(
            Quarantined(
                row.mutation,
                row.document,
                row.kind,
                Instant(row.saved_ms),
                row.refused,
                json.loads(row.details),
            )
            for row in rows
        )

    def resend(self, mutation: str, by: str = "") -> None:
        """A person says: try once more, the same bytes."""
        with self._database.write() as connection:
            connection.execute(_REFUSE, {"of": mutation, "reason": "", "with_details": ""})
            self._audit.write(connection, audit.RESENT, mutation, by=by)

    def counts(self) -> Counts:
        """Waiting is 0 on a computer that has joined no hub: alone is not "not yet sent".

        A name of somebody who writes travels too, but nobody waits for it. Details of which only one version
        is here are in conflict where somebody may see them.
        """
        home = OUTBOX.c.organisation == self._home.organisation.id
        names = select(VERSION.c.seq).where(VERSION.c.seq == OUTBOX.c.seq, VERSION.c.kind == Kind.STAFF)
        statement = select(
            select(func.count()).where(OUTBOX.c.refused == "", home, ~names.exists()).scalar_subquery(),
            select(func.count())
            .where(DOCUMENT.c.conflict == 1, (DOCUMENT.c.kind == Kind.RECORD) | (_HEADS_HERE > 1))
            .scalar_subquery(),
            select(func.count()).where(OUTBOX.c.refused != "").scalar_subquery(),
        )
        with self._database.read() as connection:
            waiting, conflicts, refused = connection.execute(statement).one()
        return Counts(waiting if self._home.enrolled else 0, conflicts, refused)

    def unsent_before_joining(self) -> int:
        """Records taken here for another organisation than the hub's; nobody has said they may be sent."""
        statement = select(func.count()).select_from(OUTBOX).join(
            DOCUMENT, and_(DOCUMENT.c.mutation == OUTBOX.c.mutation, DOCUMENT.c.kind == Kind.RECORD)
        ).where(OUTBOX.c.organisation != self._home.organisation.id)  # fmt: skip
        with self._database.read() as connection:
            return int(connection.execute(statement).scalar_one())


def _received(receipt: Receipt) -> dict[str, Any]:
    return {
        "of": receipt.mutation,
        "number": receipt.revision,
        "at": receipt.at.utc_ms,
        "as_status": str(receipt.status),
        "with_code": receipt.code,
    }


def replace(connection: Connection, mutations: Sequence[str]) -> None:
    """Refused versions whose words went on in another version: they stay in the history and wait no more."""
    if mutations:
        connection.execute(_REPLACE, [{"of": one} for one in mutations])
        connection.execute(_STRIKE, {"received": list(mutations)})


def strike(connection: Connection, mutations: Sequence[str]) -> None:
    """The hub has handed these versions out, so it has them."""
    connection.execute(_STRIKE, {"received": list(mutations)})
