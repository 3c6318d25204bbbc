"""Who waits to hear from us: found in records and drafts, and what was done about each, deed by deed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from intake_app import call_backs
from intake_app.call_backs import CallBackDeed, CallHours, Deed, Owed, What
from intake_app.caller_number import grouped
from intake_app.documents import Document, Kind
from intake_app.errors import DraftMissing
from intake_app.people import PersonDetails
from intake_app.projection.derive import OWED
from intake_app.records import Record
from intake_app.store import call_back_deeds, versions
from intake_app.store.database import Database
from intake_app.store.drafts import DraftStore
from intake_app.store.home import Home
from intake_app.store.people import PeopleStore
from intake_app.store.records import RecordStore
from intake_app.store.tables import DRAFT, VERSION
from intake_app.times import Clock, IdMaker, Instant

REASON = "to call them back"
_OWING = """
SELECT p.id, p.mutation FROM record_search s
JOIN projected_record p ON p.organisation = :organisation AND p.order_key = s.rowid
WHERE record_search MATCH :match
"""
_BODIES = select(VERSION.c.body, VERSION.c.mutation).where(
    VERSION.c.mutation.in_(bindparam("mutations", expanding=True))
)
_DRAFTS = select(DRAFT.c.id)
_SLICE = 500


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person is reached, as they said it; empty where nothing was said. ``number`` is in groups.

    ``message_safe`` is ``yes``, ``no``, or empty where nobody asked.
    """

    name: str = ""
    number: str = ""
    email: str = ""
    best_time: str = ""
    message_safe: str = ""
    preferred: str = ""


class CallBackStore:
    def __init__(
        self,
        database: Database,
        home: Home,
        drafts: DraftStore,
        records: RecordStore,
        people: PeopleStore,
        clock: Clock,
        ids: IdMaker,
    ) -> None:
        self._database = database
        self._home = home
        self._drafts = drafts
        self._records = records
        self._people = people
        self._clock = clock
        self._ids = ids

    def all(self, holidays: Collection[date] = ()) -> tuple[Owed, ...]:
        """Danger first, then what is overdue, then by the day."""
        with self._database.read() as connection:
            deeds: dict[str, list[CallBackDeed]] = defaultdict(list)
            for one in call_back_deeds.deeds(connection):
                deeds[one.record].append(one)
            found = {
                record.id: call_backs.owed(record, deeds[record.id], holidays, mutation)
                for record, mutation in self._owing(connection, deeds)
            }
            for draft_id in connection.execute(_DRAFTS).scalars().all():
                draft = self._drafts.find(connection, draft_id)
                if draft is not None and not draft.checks:
                    # Newer than the finished version that it edits.
                    reachable = draft.person is not None and bool(_number(draft.person))
                    found[draft.id] = call_backs.owed(
                        draft.record, deeds[draft.id], holidays, reachable=reachable
                    )
        now = self._clock()
        return tuple(sorted((one for rows in found.values() for one in rows), key=lambda one: one.order(now)))

    def overdue(self, holidays: Collection[date] = ()) -> int:
        """How many have waited too long."""
        now = self._clock()
        return sum(one.is_overdue(now) for one in self.all(holidays))

    def note(self, owed: Owed, deed: Deed, again: Instant | None = None, by: str = "") -> None:
        """Durable when this returns, and waits for the hub. The record is not changed."""
        made = CallBackDeed(
            id=self._ids(),
            record=owed.record.id,
            what=owed.what,
            deed=deed,
            wishes=tuple(one.key for one in owed.wishes),
            again=again,
            of=owed.version,
            by=by or self._home.staff,
            at=self._clock(),
        )
        self._put(Kind.CALL_BACK, made)

    def hours(self) -> CallHours:
        """When people may be rung, as the organisation wants it."""
        with self._database.read() as connection:
            return call_backs.current_hours(call_back_deeds.hours(connection))

    def set_hours(self, hours: CallHours, by: str = "") -> CallHours:
        """For the whole organisation: it goes to the hub. Durable when this returns."""
        made = hours.model_copy(update={"id": self._ids(), "by": by or self._home.staff, "at": self._clock()})
        self._put(Kind.CALL_HOURS, made)
        return made

    def reach(self, record_id: str, by: str = "") -> Reach:
        """Opens the person's details, which is written down first. Raises RecordMissing, StoreDamaged."""
        try:
            draft = self._drafts.load(record_id)
        except DraftMissing:
            draft = None
        if draft is not None and draft.person is not None and _number(draft.person):
            with self._database.write() as connection:
                self._people.note_opening(connection, Kind.PERSON, draft.person.id, REASON, by)
            return _reach(draft.person)
        record = draft.record if draft is not None else self._records.get(record_id)
        if not record.person or (draft is not None and not draft.based_on):
            return _reach(draft.person) if draft is not None and draft.person is not None else Reach()
        return _reach(self._people.open_person(record.person, REASON, by))

    def _owing(
        self, connection: Connection, deeds: dict[str, list[CallBackDeed]]
    ) -> Iterator[tuple[Record, str]]:
        """Of finished records; what was all done, and not changed since, is not even read."""
        wanted: dict[str, None] = {}
        for what, token in OWED.items():
            asked = {"organisation": self._home.projected_as, "match": f"tokens : {token}"}
            for record_id, mutation in connection.exec_driver_sql(_OWING, asked):
                if not _is_done(deeds.get(record_id, ()), what, mutation):
                    wanted[mutation] = None
        mutations = list(wanted)
        for start in range(0, len(mutations), _SLICE):
            for row in connection.execute(_BODIES, {"mutations": mutations[start : start + _SLICE]}):
                try:
                    yield Record.parse(row.body), row.mutation
                except ValueError:
                    # A newer program's: it has a row there that can be found, and none here.
                    continue

    def _put(self, kind: Kind, body: CallBackDeed | CallHours) -> None:
        document = Document(
            organisation=self._home.organisation.id,
            kind=kind,
            id=body.id,
            mutation=self._ids(),
            body=body.to_json(),
        )
        with self._database.write() as connection:
            versions.add(connection, document, None, body.at, body.by, self._home.device)


def _is_done(deeds: Iterable[CallBackDeed], what: What, mutation: str) -> bool:
    """Whether the last word about this very version was that all of it is done."""
    of_it = [one for one in deeds if one.what == what and one.of == mutation]
    settling = [one for one in of_it if one.deed in (Deed.DONE, Deed.NOT_DONE)]
    last = max(settling, key=lambda one: (one.at.utc_ms, one.id), default=None)
    return last is not None and last.deed == Deed.DONE


def _number(details: PersonDetails) -> str:
    return str(details.value("phone") or details.number or "")


def _reach(details: PersonDetails) -> Reach:
    return Reach(
        name=str(details.value("person_name") or ""),
        number=grouped(_number(details)),
        email=str(details.value("email") or ""),
        best_time=str(details.value("best_time") or ""),
        message_safe=str(details.value("message_safe") or ""),
        preferred=str(details.value("preferred_contact") or ""),
    )
