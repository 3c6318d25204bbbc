"""Events on this computer: made, changed, counted at, and which one it is at today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from intake_app.documents import Document, Kind
from intake_app.errors import EventMissing
from intake_app.events import FACTS, Event, EventAct, EventCount, events_of
from intake_app.projection.derive import event_token
from intake_app.records import PaperCheck
from intake_app.store import home as facts_of_store
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, VERSION
from intake_app.text import clean_text
from intake_app.times import Clock, IdMaker, named_id

_KEPT = (
    select(VERSION.c.body)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == bindparam("kind"), VERSION.c.deleted == 0)
)
_TODAY = "event"
_RECORDS = """
SELECT p.id, v.body FROM record_search s
CROSS JOIN projected_record p ON p.organisation = :organisation AND p.order_key = s.rowid
JOIN version v ON v.mutation = p.mutation
WHERE record_search MATCH :match
"""
_NUMBERS = f"""
SELECT id, json_extract(body, '$.sequence'), 0, json_extract(body, '$.written_by'),
       json_extract(body, '$.paper_check') FROM ({_RECORDS})
"""
_DRAFTS = """
SELECT id, json_extract(body, '$.record.sequence'), 1, json_extract(body, '$.record.written_by'), NULL
FROM draft
WHERE json_extract(body, '$.record.event') = :event AND json_extract(body, '$.checks') IS NULL
"""

Kept = TypeVar("Kept", EventAct, EventCount)


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """The number on a paper form, the record or draft it was keyed into, by whom, and whether again."""

    number: int
    record: str
    draft: bool = False
    by: str = ""
    check: PaperCheck | None = None


class EventStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def all(self) -> tuple[Event, ...]:
        """The latest day first. A body of a newer program that cannot be read is passed over."""
        with self._database.read() as connection:
            return self._all(connection)

    def get(self, event_id: str) -> Event:
        """Raises EventMissing."""
        with self._database.read() as connection:
            return self._get(connection, event_id)

    def name_of(self, event_id: str) -> str:
        """Empty for none, and for an event that has not come to this computer yet."""
        return self.names().get(event_id, "") if event_id else ""

    def names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.all()}

    def make(self, facts: Mapping[str, str], by: str = "") -> Event:
        """Durable when this returns, and waits for the hub."""
        made, wanted = self._ids(), _clean(facts)
        act = EventAct(id=made, event=made, facts=wanted, by=by or self._home.staff, at=self._clock())
        with self._database.write() as connection:
            self._put(connection, Kind.EVENT, act, act.by)
            return self._get(connection, made)

    def change(self, event_id: str, facts: Mapping[str, str], seen: Mapping[str, str], by: str = "") -> Event:
        """Writes what differs from what was ``seen`` when editing began. Raises EventMissing."""
        wanted = {name: text for name, text in _clean(facts).items() if text != seen.get(name, "")}
        with self._database.write() as connection:
            before = self._get(connection, event_id)
            # What differs is settled by writing either anew.
            wanted |= {one.fact: facts[one.fact] for one in before.differs if one.fact in facts}
            if not wanted:
                return before
            act = EventAct(
                id=self._ids(),
                event=event_id,
                facts=wanted,
                was={name: seen.get(name, "") for name in wanted},
                by=by or self._home.staff,
                at=self._clock(),
            )
            self._put(connection, Kind.EVENT, act, act.by)
            return self._get(connection, event_id)

    def count(self, event_id: str, people: int = 0, leaflets: int = 0, by: str = "") -> Event:
        """So many more on this computer, fewer where negative. Raises EventMissing."""
        with self._database.write() as connection:
            before = self._get(connection, event_id)
            counted = EventCount(
                id=named_id(f"{event_id} {self._home.device}"),
                event=event_id,
                device=self._home.device,
                people=before.own_people + people,
                leaflets=before.own_leaflets + leaflets,
                by=by or self._home.staff,
                at=self._clock(),
            )
            self._put(connection, Kind.EVENT_COUNT, counted, counted.by)
            return self._get(connection, event_id)

    # Where this computer is today

    def today(self) -> Event | None:
        """The event that new records of this computer belong to; None where none was chosen or it ended."""
        with self._database.read() as connection:
            chosen = facts_of_store.read_fact(connection, _TODAY)
            return next((one for one in self._all(connection) if one.id == chosen), None) if chosen else None

    def choose(self, event_id: str) -> Event:
        """From now on, until it is ended. Raises EventMissing."""
        with self._database.write() as connection:
            event = self._get(connection, event_id)
            facts_of_store.write_fact(connection, _TODAY, event_id)
        return event

    def end(self) -> None:
        """New records of this computer belong to no event. Without one this is no error."""
        with self._database.write() as connection:
            facts_of_store.write_fact(connection, _TODAY, None)

    # Records of an event

    def records(self, event_id: str) -> tuple[str, ...]:
        """The ids of the finished records that belong to it, withdrawn ones included."""
        with self._database.read() as connection:
            return tuple(row[0] for row in connection.exec_driver_sql(_RECORDS, self._match(event_id)))

    def numbers(self, event_id: str) -> tuple[PaperNumber, ...]:
        """Of every record and draft of an event that was keyed from paper, in the order of the numbers."""
        with self._database.read() as connection:
            rows = [
                *connection.exec_driver_sql(_NUMBERS, self._match(event_id)),
                *connection.exec_driver_sql(_DRAFTS, {"event": event_id}),
            ]
        finished = {row[0] for row in rows if not row[2]}
        found = [
            PaperNumber(number, record, bool(draft), by or "", _check(check))
            for record, number, draft, by, check in rows
            # A draft of a later version is no second form.
            if isinstance(number, int) and number > 0 and not (draft and record in finished)
        ]
        return tuple(sorted(found, key=lambda one: (one.number, one.record)))

    def _match(self, event_id: str) -> dict[str, str]:
        return {"organisation": self._home.projected_as, "match": f'tokens : "{event_token(event_id)}"'}

    # Documents

    def _all(self, connection: Connection) -> tuple[Event, ...]:
        acts = _readable(self._bodies(connection, Kind.EVENT), EventAct)
        counts = _readable(self._bodies(connection, Kind.EVENT_COUNT), EventCount)
        return events_of(acts, counts, self._home.device)

    def _get(self, connection: Connection, event_id: str) -> Event:
        for event in self._all(connection):
            if event.id == event_id:
                return event
        raise EventMissing(id=event_id)

    @staticmethod
    def _bodies(connection: Connection, kind: Kind) -> Iterable[str]:
        return connection.execute(_KEPT, {"kind": kind.value}).scalars().all()

    def _put(self, connection: Connection, kind: Kind, body: EventAct | EventCount, by: str) -> None:
        tip = versions.shown(connection, body.id, kind)
        document = Document(
            organisation=self._home.organisation.id,
            kind=kind,
            id=body.id,
            mutation=self._ids(),
            body=body.to_json(),
            **versions.lineage(tip),
        )
        versions.add(connection, document, tip, self._clock(), by, self._home.device)


def _clean(facts: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: clean_text(facts.get(name, "")).strip() for name in FACTS}
    return {name: text for name, text in cleaned.items() if text or name in facts}


def _check(text: str | None) -> PaperCheck | None:
    """None for none, and for one that a newer program wrote in another way."""
    try:
        return PaperCheck.parse(text) if text else None
    except ValueError:
        return None


def _readable(bodies: Iterable[str], shape: type[Kept]) -> Iterator[Kept]:
    for body in bodies:
        try:
            yield shape.parse(body)
        except ValueError:
            continue
