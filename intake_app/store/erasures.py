"""Erasing a record for good: body, history, person, search, drafts and second copies; a marker stays.

The one exception to "never overwritten". The marker is a document, so that hub and other devices do the same.
"""

import json
from collections.abc import Sequence

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from intake_app.documents import Document, Kind
from intake_app.errors import RecordErased, RecordMissing
from intake_app.people import details_in
from intake_app.projection import links as link_rows
from intake_app.projection import write as projection
from intake_app.projection.tables import LINK, UNLINK
from intake_app.store import attachment_uses, audit, call_back_deeds, inbox, search_index, versions
from intake_app.store.attachments import AttachmentStore
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import (
    DOCUMENT,
    DRAFT,
    DRAFT_TAG,
    ERASED,
    NOTICE,
    OUTBOX,
    PERSON_TAG,
    SECOND_COPY,
    SETTLING,
    TRIED,
    VERSION,
)
from intake_app.times import Clock, IdMaker

_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_PURGES = (
    delete(OUTBOX).where(OUTBOX.c.document.in_(_IDS)),
    delete(SECOND_COPY).where(SECOND_COPY.c.document.in_(_IDS)),
    delete(VERSION).where(VERSION.c.document.in_(_IDS)),
    delete(DOCUMENT).where(DOCUMENT.c.id.in_(_IDS)),
    delete(DRAFT).where(DRAFT.c.id.in_(_IDS)),
    delete(DRAFT_TAG).where(DRAFT_TAG.c.draft.in_(_IDS)),
    delete(PERSON_TAG).where(PERSON_TAG.c.person.in_(_IDS)),
    delete(SETTLING).where(SETTLING.c.document.in_(_IDS)),
    delete(TRIED).where(TRIED.c.document.in_(_IDS)),
    delete(NOTICE).where(NOTICE.c.document.in_(_IDS)),
)
_MARK = insert(ERASED).prefix_with("OR IGNORE")
_BODIES = select(VERSION.c.body).where(VERSION.c.document.in_(_IDS), VERSION.c.kind == Kind.RECORD)
_DRAFT_BODIES = select(DRAFT.c.body).where(DRAFT.c.id.in_(_IDS))
_ERASED = select(ERASED.c.marker).where(ERASED.c.document == bindparam("id"))
_LINKS = select(LINK.c.link).where(LINK.c.organisation == bindparam("of"), LINK.c.record == bindparam("id"))
_UNLINKS = select(UNLINK.c.undoing).where(
    UNLINK.c.organisation == bindparam("of"), UNLINK.c.link.in_(bindparam("ids", expanding=True))
)


class Eraser:
    def __init__(
        self, database: Database, home: Home, clock: Clock, ids: IdMaker, audit_log: AuditLog
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._audit = audit_log

    def erase(self, record_id: str, why: str, by: str = "") -> None:
        """Nothing of the record can be found in the store's file afterwards. Raises RecordMissing.

        Its links and what was done about calling back go with it, and so do the person and the equality
        answers, unless another record has the same person. Copies that were carried away on a stick are
        beyond reach.
        """
        at = self._clock()
        by = by or self._home.staff
        with self._database.write() as connection:
            if not _bodies(connection, [record_id]):
                raise RecordMissing(id=record_id)
            named = with_their_people(connection, [record_id])
            named += self._its_links(connection, record_id)
            named += call_back_deeds.of_record(connection, record_id)
            marker = Document(
                organisation=self._home.organisation.id,
                kind=Kind.ERASURE,
                id=self._ids(),
                mutation=self._ids(),
                body=json.dumps({"erases": named, "by": by, "at": at.isoformat(), "why": why}),
            )
            purge(connection, self._home, named, marker.id)
            versions.add(connection, marker, None, at, by, self._home.device)
            self._audit.write(connection, audit.ERASED, record_id, why, by)
        AttachmentStore(self._database, self._home, self._clock).collect()
        self._empty_the_log()

    def _its_links(self, connection: Connection, record_id: str) -> list[str]:
        # A link would go on saying that the erased record was there, and whose it was.
        asked = {"of": self._home.projected_as}
        links = list(connection.execute(_LINKS, asked | {"id": record_id}).scalars())
        undone = list(connection.execute(_UNLINKS, asked | {"ids": links}).scalars())
        return sorted({*links, *undone})

    def _empty_the_log(self) -> None:
        # The write-ahead log still holds the pages as they were.
        raw = self._database.raw()
        try:
            with self._database.faults():
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()


def named_in(body: str) -> tuple[str, ...]:
    """The ids that an erasure document names; empty when its body says none."""
    try:
        values = json.loads(body)
    except ValueError:
        return ()
    named = values.get("erases", ()) if isinstance(values, dict) else ()
    return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def with_their_people(connection: Connection, named: Sequence[str]) -> list[str]:
    """These documents, and the persons and equality answers that any version of them here tells of.

    Whoever erased a record need not have known of a person that somebody else had added to it. Those that
    another record has too are left out.
    """
    details = {one for body in _bodies(connection, named) for one in details_in(body)}
    return [*named, *(one for one in sorted(details - {*named}) if not _shared(connection, one, named))]


def refuse_erased(connection: Connection, record_id: str) -> None:
    """Before anything of a record is written: a window may show what was erased. Raises RecordErased."""
    if connection.execute(_ERASED, {"id": record_id}).first() is not None:
        raise RecordErased(id=record_id)


def _bodies(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Of records and drafts, every version that is here."""
    found: list[str] = []
    for statement in (_BODIES, _DRAFT_BODIES):
        found += connection.execute(statement, {"ids": list(ids)}).scalars()
    return found


def _shared(connection: Connection, document_id: str, apart_from: Sequence[str]) -> bool:
    statement = (
        select(VERSION.c.document)
        .where(
            VERSION.c.kind == Kind.RECORD,
            VERSION.c.document.not_in(apart_from),
            VERSION.c.body.contains(f'"{document_id}"', autoescape=True),
        )
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def purge(connection: Connection, home: Home, named: Sequence[str], marker: str) -> None:
    """Takes everything of these documents away and remembers that they must not come back."""
    if not named:
        return
    ids = list(named)
    said = _bodies(connection, ids)
    search_index.take_out(connection, ids)
    search_index.forget(connection, said)
    projection.remove(connection, home.projected_as, ids)
    link_rows.remove(connection, home.projected_as, ids)
    link_rows.forget_records(connection, home.projected_as, ids)
    inbox.forget(connection, ids)
    attachment_uses.let_go(connection, ids)
    for statement in _PURGES:
        connection.execute(statement, {"ids": ids})
    connection.execute(_MARK, [{"document": one, "marker": marker} for one in ids])
