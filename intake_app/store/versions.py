"""Versions of documents as rows: adding one made here, reading one back, finding the one shown."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from intake_app.documents import Attachment, Document, Receipt
from intake_app.store.tables import DOCUMENT, OUTBOX, VERSION
from intake_app.times import Instant

_NONE = "[]"
_INSERT_VERSION = insert(VERSION)
_INSERT_OUTBOX = insert(OUTBOX)
_INSERT_DOCUMENT = insert(DOCUMENT)
_SHOW = (
    update(DOCUMENT)
    .where(DOCUMENT.c.kind == bindparam("of_kind"), DOCUMENT.c.id == bindparam("document"))
    .values(mutation=bindparam("shown"))
)
_TIP = VERSION.c.seq, VERSION.c.mutation, VERSION.c.revision, VERSION.c.base, VERSION.c.sha256
_SHOWN = select(*_TIP).join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation).where(
    DOCUMENT.c.kind == bindparam("kind"), DOCUMENT.c.id == bindparam("id")
)  # fmt: skip
_BY_MUTATION = select(*_TIP).where(VERSION.c.mutation == bindparam("mutation"))
_VERSION_DIGIT = 15
"""Where a UUID says which version it is (RFC 9562), counted from 1."""
_LAST = (
    select(VERSION.c.mutation)
    # Bounded: a store that only receives would be read from end to end at every start.
    .where(
        VERSION.c.device == bindparam("device"),
        # A version that a program joined is named after its content (UUIDv8), which tells no time.
        func.substr(VERSION.c.mutation, _VERSION_DIGIT, 1) == "7",
        VERSION.c.seq > select(func.max(VERSION.c.seq) - 1_000).scalar_subquery(),
    )
    .order_by(VERSION.c.seq.desc())
    .limit(1)
)
_BODY = (
    select(VERSION.c.body, VERSION.c.mutation, VERSION.c.sha256)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.id == bindparam("id"), DOCUMENT.c.kind == bindparam("kind"))
)


@dataclass(frozen=True, slots=True)
class Tip:
    """The version that a new one is edited from."""

    seq: int
    mutation: str
    revision: int
    base: int
    sha256: str


def shown(connection: Connection, document_id: str, kind: str) -> Tip | None:
    """The version shown on this computer; None for a document that is not here."""
    row = connection.execute(_SHOWN, {"id": document_id, "kind": kind}).one_or_none()
    return None if row is None else Tip(*row)


def last_made_here(connection: Connection, device: str) -> str:
    """The newest mutation of this device that tells a time, among the last thousand versions; else empty."""
    return str(connection.execute(_LAST, {"device": device}).scalar_one_or_none() or "")


def by_mutation(connection: Connection, mutation: str) -> Tip | None:
    row = connection.execute(_BY_MUTATION, {"mutation": mutation}).one_or_none()
    return None if row is None else Tip(*row)


def shown_body(connection: Connection, document_id: str, kind: str) -> tuple[str, str] | None:
    """Body and mutation of the version shown; None where there is no such document of this kind."""
    row = connection.execute(_BODY, {"id": document_id, "kind": kind}).one_or_none()
    return None if row is None else (row.body, row.mutation)


def lineage(tip: Tip | None) -> dict[str, Any]:
    """The envelope fields that say what a new version was edited from."""
    if tip is None:
        return {"base": 0, "after": ""}
    if tip.revision:
        return {"base": tip.revision, "after": ""}
    # Saved twice away from the hub: one line of versions, so the hub must not see a conflict.
    return {"base": tip.base, "after": tip.mutation}


def add(
    connection: Connection, document: Document, tip: Tip | None, saved: Instant, by: str, device: str
) -> int:
    """Stores a version made here, lets it wait for the hub and shows it. Returns its ``seq``."""
    values = row_values(document, saved.utc_ms, by, device)
    seq = connection.execute(_INSERT_VERSION, values).lastrowid
    connection.execute(_INSERT_OUTBOX, waiting_row(seq, document))
    if tip is None:
        made = {"id": document.id, "kind": document.kind, "mutation": document.mutation}
        connection.execute(_INSERT_DOCUMENT, made | {"conflict": False, "seen": 0})
    else:
        show(connection, document.id, document.kind, document.mutation)
    return seq


def show(connection: Connection, document_id: str, kind: str, mutation: str) -> None:
    """From here on this version of it is the one shown."""
    connection.execute(_SHOW, {"document": document_id, "shown": mutation, "of_kind": kind})


def waiting_row(seq: int, document: Document) -> dict[str, Any]:
    """Of the outbox, for a version that was never sent."""
    return {
        "seq": seq,
        "mutation": document.mutation,
        "document": document.id,
        "organisation": document.organisation,
        "attempted": False,
        "refused": "",
        "details": "",
    }


def row_values(document: Document, saved_ms: int, by: str, device: str) -> dict[str, Any]:
    """A version row without anything of the hub's."""
    return {
        "mutation": document.mutation,
        "document": document.id,
        "kind": document.kind,
        "organisation": document.organisation,
        "base": document.base,
        "after": document.after,
        "parents": json.dumps(document.parents) if document.parents else _NONE,
        "format": document.format,
        "audience": document.audience,
        "attachments": json.dumps(
            [
                {"sha256": one.sha256, "size": one.size, "media_type": one.media_type, "name": one.name}
                for one in document.attachments
            ]
        )
        if document.attachments
        else _NONE,
        "deleted": document.deleted,
        "extra": document.extra,
        "sha256": document.sha256,
        "saved_ms": saved_ms,
        "saved_by": by,
        "device": device,
        "revision": 0,
        "head": False,
        "received_ms": None,
        "receipt_status": "",
        "receipt_code": "",
        "body": document.body,
    }


def document_of(row: Row[Any]) -> Document:
    """The document of a whole version row, byte for byte as it was stored."""
    return Document(
        organisation=row.organisation,
        kind=row.kind,
        id=row.document,
        mutation=row.mutation,
        body=row.body,
        base=row.base,
        parents=parents_of(row),
        format=row.format,
        audience=row.audience,
        # Nearly all have none, and thousands are read at once.
        attachments=()
        if row.attachments == _NONE
        else tuple(Attachment(**one) for one in json.loads(row.attachments)),
        deleted=row.deleted,
        after=row.after,
        extra=row.extra,
    )


def parents_of(row: Any) -> tuple[int, ...]:
    return () if row.parents == _NONE else tuple(json.loads(row.parents))


def receipt_of(row: Row[Any]) -> Receipt | None:
    """None until the hub has answered for this version."""
    if not row.receipt_status or row.received_ms is None:
        return None
    at = Instant(row.received_ms)
    return Receipt(
        row.document, row.mutation, row.revision, row.sha256, at, row.receipt_status, row.receipt_code
    )
