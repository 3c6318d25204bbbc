"""Finished records: saving one is one transaction, and every earlier version is kept."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select

from intake_app.attaching import manifest_of
from intake_app.documents import Document, Kind
from intake_app.drafting import Draft
from intake_app.errors import RecordMissing, RecordUnreadable
from intake_app.projection import write as projection
from intake_app.projection.derive import Derived, derive
from intake_app.projection.tables import ITEM, RECORD
from intake_app.records import Narrative, NarrativeKind, Record, RecordState
from intake_app.store import audit, erasures, search_index, versions
from intake_app.store.audit import AuditLog
from intake_app.store.bodies import storable
from intake_app.store.database import Database
from intake_app.store.drafts import DraftStore
from intake_app.store.home import Home
from intake_app.store.people import PeopleStore
from intake_app.store.search import Finder
from intake_app.store.summaries import Page, RecordQuery, RecordSummary, Version
from intake_app.store.tables import SECOND_COPY, VERSION
from intake_app.times import Clock, IdMaker, Instant

SECOND_COPY_KEPT = timedelta(days=14)

_COPY = insert(SECOND_COPY)
_SWEEP = delete(SECOND_COPY).where(SECOND_COPY.c.saved_ms < bindparam("before"))
_HISTORY = select(VERSION).where(VERSION.c.document == bindparam("id")).order_by(VERSION.c.seq)


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that can be worked out before the transaction begins."""

    draft: Draft
    record: Record
    derived: Derived
    text: dict[str, object]
    body: str
    now: Instant
    by: str


class RecordStore:
    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        ids: IdMaker,
        drafts: DraftStore,
        people: PeopleStore,
        audit_log: AuditLog,
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._drafts = drafts
        self._people = people
        self._audit = audit_log
        self._finder = Finder(database, home)

    def save(self, draft: Draft) -> Record:
        """Finishes ``draft``: when this returns, the record is durable, waits for the hub, and is no draft.

        A draft of a record that exists makes a new version of it, whoever began the draft. Raises DiskFull,
        StoreReadOnly, StoreLocked: then nothing has changed and the draft is still kept; RecordErased.
        """
        ready = self._prepare(storable(draft))
        with self._database.write() as connection:
            self._write(connection, ready)
            self._drafts.remove(connection, ready.record.id)
        return ready.record

    def get(self, record_id: str) -> Record:
        """The version shown on this computer. Raises RecordMissing, RecordUnreadable."""
        with self._database.read() as connection:
            return self._shown(connection, record_id)[0]

    def draft_for_edit(self, record_id: str) -> Draft:
        """A draft of the next version; one begun earlier is taken up again, with every word in it.

        The person's details stay sealed: ``person`` None leaves them as they are. Raises RecordMissing,
        RecordUnreadable.
        """
        with self._database.read() as connection:
            begun = self._drafts.find(connection, record_id)
            if begun is not None:
                return begun
            record, mutation = self._shown(connection, record_id)
        return Draft(record=record, based_on=mutation)

    def history(self, record_id: str) -> tuple[Version, ...]:
        """Every version that is here, oldest first. Raises RecordMissing."""
        with self._database.read() as connection:
            rows = connection.execute(_HISTORY, {"id": record_id}).all()
        if not rows:
            raise RecordMissing(id=record_id)
        return tuple(_version(row) for row in rows)

    def version(self, mutation: str) -> Record:
        """An earlier version as it was saved. Raises RecordMissing, RecordUnreadable."""
        statement = select(VERSION.c.body).where(
            VERSION.c.mutation == mutation, VERSION.c.kind == Kind.RECORD
        )
        with self._database.read() as connection:
            body = connection.execute(statement).scalar_one_or_none()
        if body is None:
            raise RecordMissing(id=mutation)
        return _parsed(body, mutation)

    def withdraw(self, record_id: str, why: str, by: str = "") -> Record:
        """A new version that says the person took it back; nothing is removed. Raises RecordMissing.

        A draft of a later version stays as it is.
        """
        return self._mark(record_id, {"state": RecordState.WITHDRAWN}, audit.WITHDREW, why, by)

    def close_danger(self, record_id: str, why: str, by: str = "") -> Record:
        """A new version whose danger card is closed: it leaves the top of every list and the card is kept.

        A record without an open card is left as it is. Raises RecordMissing.
        """
        record = self.get(record_id)
        if record.danger is None or not record.in_danger:
            return record
        closed = {"closed": self._clock(), "closed_by": by or self._home.staff}
        danger = record.danger.model_copy(update=closed)
        return self._mark(record_id, {"danger": danger}, audit.CLOSED_DANGER, why, by)

    def _mark(self, record_id: str, changes: dict[str, object], act: str, why: str, by: str) -> Record:
        changes = changes | {"edited": self._clock(), "edited_by": by or self._home.staff}
        record = self.get(record_id).model_copy(update=changes)
        ready = self._prepare(Draft(record=record))
        with self._database.write() as connection:
            self._write(connection, ready)
            self._audit.write(connection, act, record_id, why, by)
        return record

    def translate(self, record_id: str, translation: Narrative, by: str = "") -> Record:
        """A new version with this translation in it; every other narrative stays as it is.

        One that is there already is replaced in what is said about it, such as who checked it, and never in
        its words. Raises RecordMissing; ValueError for what is no translation of anything in the record or
        would change words.
        """
        record = self.get(record_id)
        known = {one.id: one for one in record.narratives}
        before = known.get(translation.id)
        if translation.kind is not NarrativeKind.TRANSLATION or translation.derived_from not in known:
            raise ValueError("no translation of anything in this record")
        if before is not None and (before.text, before.kind) != (translation.text, translation.kind):
            raise ValueError("words are never overwritten")
        narratives = tuple((known | {translation.id: translation}).values())
        by = by or self._home.staff
        record = record.model_copy(
            update={"narratives": narratives, "edited": self._clock(), "edited_by": by}
        )
        ready = self._prepare(storable(Draft(record=record)))
        with self._database.write() as connection:
            self._write(connection, ready)
        return ready.record

    def untranslated(self) -> int:
        """How many records here have a story without a checked translation into English."""
        return self._finder.untranslated()

    def find(self, query: RecordQuery, before: int | None = None, limit: int = 50) -> Page:
        """One page, newest first; ``before`` is the ``more`` of the page before."""
        return self._finder.find(query, before, limit)

    def summaries(self, ids: tuple[str, ...]) -> tuple[RecordSummary, ...]:
        """Of these records, newest first; ids that are not here are left out."""
        return self._finder.by_ids(ids)

    def by_reference(self, text: str) -> tuple[RecordSummary, ...]:
        """Every record and draft with this reference, newest first: it is not guaranteed to be unique."""
        return self._finder.by_reference(text)

    def totals(self) -> tuple[int, int]:
        """Records on this computer and items in them, withdrawn ones included, drafts not."""
        statement = select(func.count(), func.coalesce(func.sum(RECORD.c["items"]), 0)).where(
            RECORD.c.organisation == self._home.projected_as
        )
        with self._database.read() as connection:
            records, items = connection.execute(statement).one()
        return int(records), int(items)

    def items_by_kind(self) -> dict[str, int]:
        """How many items of each kind there are, withdrawn records included; kinds without any left out."""
        statement = (
            select(ITEM.c.kind, func.count())
            .where(ITEM.c.organisation == self._home.projected_as)
            .group_by(ITEM.c.kind)
        )
        with self._database.read() as connection:
            return {kind: int(count) for kind, count in connection.execute(statement)}

    def sweep(self) -> None:
        """Removes second copies older than 14 days."""
        before = self._clock().utc_ms - SECOND_COPY_KEPT // timedelta(milliseconds=1)
        with self._database.write() as connection:
            connection.execute(_SWEEP, {"before": before})

    def _prepare(self, draft: Draft) -> "_Ready":
        now = self._clock()
        record = self._finished(draft, now)
        derived = derive(self._home.projected_as, self._ids(), record)
        by = record.edited_by or record.written_by or self._home.staff
        return _Ready(draft, record, derived, search_index.row_of(derived), record.to_json(), now, by)

    def _write(self, connection: Connection, ready: "_Ready") -> None:
        draft, record = ready.draft, ready.record
        erasures.refuse_erased(connection, record.id)
        begun_from = versions.by_mutation(connection, draft.based_on) if draft.based_on else None
        tip = begun_from or versions.shown(connection, record.id, Kind.RECORD)
        lineage = versions.lineage(tip)
        if draft.based_on and begun_from is None:
            # It left this computer while it was edited. The hub has it still, and knows it by its mutation.
            lineage = {"base": 0, "after": draft.based_on}
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.RECORD,
            id=record.id,
            mutation=str(ready.derived.record["mutation"]),
            body=ready.body,
            attachments=manifest_of(record),
            **lineage,
        )
        versions.add(connection, document, tip, ready.now, ready.by, self._home.device)
        copy = {"mutation": document.mutation, "document": record.id, "saved_ms": ready.now.utc_ms}
        connection.execute(_COPY, copy | {"sha256": document.sha256, "body": ready.body})
        keys = projection.put(connection, self._home.projected_as, [ready.derived], fresh=tip is None)
        if tip is not None:
            search_index.take_out(connection, [record.id])
        search_index.feed(connection, [ready.text], keys)
        if draft.person is not None:
            self._people.put_person(connection, draft.person, ready.by)
        if draft.equality is not None:
            self._people.put_equality(connection, draft.equality, record.id, ready.by)

    def _finished(self, draft: Draft, now: Instant) -> Record:
        record = draft.record
        changes: dict[str, object] = {}
        if record.joined is not None:
            # What an earlier version was joined from stands in that version.
            changes["joined"] = None
        if record.finished is None:
            changes["finished"] = now
        elif draft.based_on and record.edited is None:
            changes["edited"] = now
        if draft.person is not None and not record.person:
            changes["person"] = draft.person.id
        if draft.equality is not None and not record.equality:
            changes["equality"] = draft.equality.id
        return record.model_copy(update=changes) if changes else record

    def _shown(self, connection: Connection, record_id: str) -> tuple[Record, str]:
        found = versions.shown_body(connection, record_id, Kind.RECORD)
        if found is None:
            raise RecordMissing(id=record_id)
        return _parsed(found[0], record_id), found[1]


def _parsed(body: str, record_id: str) -> Record:
    try:
        return Record.parse(body)
    except ValueError as error:
        raise RecordUnreadable(id=record_id) from error


def _version(row: Row[Any]) -> Version:
    by, joined = row.saved_by, None
    try:
        record = Record.parse(row.body)
    except ValueError:
        # A newer program's: it is kept, and who wrote it stays unknown here.
        pass
    else:
        by, joined = by or record.edited_by or record.written_by, record.joined
    return Version(
        mutation=row.mutation,
        saved=Instant(row.saved_ms),
        by=by,
        revision=row.revision or None,
        receipt=versions.receipt_of(row),
        joined=joined,
    )
