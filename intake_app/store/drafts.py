"""Records not yet finished: kept as typed, encrypted, until a person finishes or discards them."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from intake_app.drafting import Draft
from intake_app.errors import DraftMissing
from intake_app.folding import token_line
from intake_app.people import PersonDetails
from intake_app.projection.derive import first_order_key, first_words, last_words, tokens_of, words_of
from intake_app.records import Record
from intake_app.store import attachment_uses, erasures, seal
from intake_app.store.bodies import storable
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.summaries import DraftSummary
from intake_app.store.tables import DRAFT, DRAFT_TAG
from intake_app.times import Clock, Instant

_KEEP = insert(DRAFT).prefix_with("OR REPLACE")
_LOAD = select(DRAFT.c.body, DRAFT.c.sealed).where(DRAFT.c.id == bindparam("wanted"))
_ALL = select(DRAFT).order_by(DRAFT.c.updated_ms.desc(), DRAFT.c.id.desc())
_BEGUN = "SELECT count(*) FROM draft WHERE json_extract(body, '$.record.written_by') = :staff"
_DISCARD = delete(DRAFT).where(DRAFT.c.id == bindparam("wanted"))
_TAG = insert(DRAFT_TAG)
_UNTAG = delete(DRAFT_TAG).where(DRAFT_TAG.c.draft == bindparam("wanted"))


class DraftStore:
    def __init__(self, database: Database, home: Home, clock: Clock) -> None:
        self._database = database
        self._home = home
        self._clock = clock

    def keep(self, draft: Draft) -> Draft:
        """Durable when this returns; replaces what was kept under this id. Returns it as kept.

        Raises DiskFull, StoreReadOnly, StoreLocked: then what was kept before is still there; RecordErased.
        """
        draft = storable(draft.model_copy(update={"updated": self._clock()}))
        values, tags = self._row(draft), self._tags(draft)
        with self._database.write() as connection:
            erasures.refuse_erased(connection, draft.id)
            connection.execute(_KEEP, values)
            connection.execute(_UNTAG, {"wanted": draft.id})
            if tags:
                connection.execute(_TAG, tags)
            attachment_uses.of_draft(connection, draft.id, {one.sha256 for one in draft.record.attachments})
        return draft

    def load(self, draft_id: str) -> Draft:
        """As it was kept, its person's details opened. Raises DraftMissing."""
        with self._database.read() as connection:
            draft = self.find(connection, draft_id)
        if draft is None:
            raise DraftMissing(id=draft_id)
        return draft

    def all(self) -> tuple[DraftSummary, ...]:
        """Open danger first, then the one changed last."""
        with self._database.read() as connection:
            rows = connection.execute(_ALL).all()
        return tuple(summary(row) for row in sorted(rows, key=lambda row: not row.danger))

    def begun_by(self, staff_id: str) -> int:
        """How many wait that this member of staff began."""
        with self._database.read() as connection:
            return int(connection.exec_driver_sql(_BEGUN, {"staff": staff_id}).scalar_one())

    def discard(self, draft_id: str) -> None:
        """Only by a person's act. Raises DraftMissing."""
        with self._database.write() as connection:
            if not connection.execute(_DISCARD, {"wanted": draft_id}).rowcount:
                raise DraftMissing(id=draft_id)
            connection.execute(_UNTAG, {"wanted": draft_id})
            attachment_uses.let_draft_go(connection, draft_id)

    def find(self, connection: Connection, draft_id: str) -> Draft | None:
        """In a transaction of the caller's."""
        row = connection.execute(_LOAD, {"wanted": draft_id}).one_or_none()
        if row is None:
            return None
        draft = Draft.parse(row.body)
        if row.sealed:
            text = seal.unseal_text(row.sealed, self._home.local_key, draft_id)
            draft = draft.model_copy(update={"person": PersonDetails.parse(text)})
        return draft

    def remove(self, connection: Connection, draft_id: str) -> None:
        """In a transaction of the caller's; none to remove is no error."""
        connection.execute(_DISCARD, {"wanted": draft_id})
        connection.execute(_UNTAG, {"wanted": draft_id})
        attachment_uses.let_draft_go(connection, draft_id)

    def _tags(self, draft: Draft) -> list[dict[str, str]]:
        # Only what the person agreed to is in the draft's details, so only that can be matched.
        if draft.person is None:
            return []
        tags = seal.tags_of(draft.person, self._home.organisation_key)
        return [{"tag": tag, "draft": draft.id} for tag in tags]

    def _row(self, draft: Draft) -> dict[str, Any]:
        record: Record = draft.record
        person = draft.person.to_json() if draft.person is not None else ""
        mentions = [item.services for item in record.items]
        services = dict.fromkeys(one.name for named in mentions for one in named)
        return {
            "id": draft.id,
            "order_key": first_order_key(record.id, record.started),
            "reference": record.reference,
            "updated_ms": draft.updated.utc_ms if draft.updated else 0,
            "parked_ms": draft.parked.utc_ms if draft.parked else None,
            "received_ms": record.received.utc_ms,
            "rang_off": record.rang_off,
            "danger": record.in_danger,
            "based_on": draft.based_on,
            "channel": record.channel,
            "services": "\n".join(services),
            "items": len(record.items),
            "first_words": first_words(record),
            "last_words": last_words(record),
            "words": token_line(words_of(record, mentions)),
            "tokens": tokens_of(record, mentions, record.received.civil.isoformat()),
            "sealed": seal.seal_text(person, self._home.local_key, draft.id),
            "body": draft.model_copy(update={"person": None}).to_json(),
        }


def summary(row: Row[Any]) -> DraftSummary:
    return DraftSummary(
        id=row.id,
        reference=row.reference,
        updated=Instant(row.updated_ms),
        parked=None if row.parked_ms is None else Instant(row.parked_ms),
        rang_off=row.rang_off,
        danger=row.danger,
        first_words=row.first_words,
        last_words=row.last_words,
        channel=row.channel,
        based_on=row.based_on,
    )
