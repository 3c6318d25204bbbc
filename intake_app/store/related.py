"""Records that may belong together: offered with the reason why, and linked by a person or not at all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, func, select

from intake_app.documents import Kind
from intake_app.errors import RecordMissing
from intake_app.folding import fold
from intake_app.projection.tables import RECORD
from intake_app.records import Identity, NarrativeKind, Record, RecordState
from intake_app.store import audit, exchanges, likeness, versions
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.likeness import Likeness
from intake_app.store.links import Linked, LinkStore
from intake_app.store.records import RecordStore
from intake_app.store.summaries import RecordSummary
from intake_app.store.tables import PERSON_TAG

NEAR = timedelta(days=28)
"""How far apart two records of one story may have been received."""
MOST_OFFERS = 5
_MOST_CANDIDATES = 200
_MOST_COMPARED = 20

_HOLDERS = "SELECT rowid FROM record_search WHERE record_search MATCH ? LIMIT ?"
_COUNT = select(func.count()).select_from(RECORD).where(RECORD.c.organisation == bindparam("of"))
_NEAR = select(RECORD.c.id, RECORD.c.order_key).where(
    RECORD.c.organisation == bindparam("of"),
    RECORD.c.order_key.in_(bindparam("keys", expanding=True)),
    RECORD.c.received_on.between(bindparam("earliest"), bindparam("latest")),
    RECORD.c.state == RecordState.FINISHED.value,
    RECORD.c.id != bindparam("own"),
)
_OWN_TAGS = select(PERSON_TAG.c.tag).where(PERSON_TAG.c.person == bindparam("person"))
_SAME_PERSON = (
    select(RECORD.c.id)
    .join(PERSON_TAG, PERSON_TAG.c.person == RECORD.c.person)
    .where(
        PERSON_TAG.c.tag.in_(_OWN_TAGS),
        RECORD.c.organisation == bindparam("of"),
        RECORD.c.id != bindparam("own"),
        RECORD.c.identity != Identity.ANONYMOUS.value,
        RECORD.c.state == RecordState.FINISHED.value,
    )
    .order_by(RECORD.c.order_key.desc())
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that may belong to the one in hand, and why.

    ``same_person``: one telephone number or email address in both. ``same_exchange``: both were made of
    emails of one sender that refer to one another. Otherwise it may be the same story:
    ``words`` are the rare ones in both, ``days`` lie between the two, ``same_service`` is one they share.
    """

    record: RecordSummary
    same_person: bool = False
    same_service: bool = False
    days: int = 0
    words: tuple[str, ...] = ()
    same_exchange: bool = False


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A link and its other record; None where that one is not on this computer."""

    link: Linked
    record: RecordSummary | None


@dataclass(frozen=True, slots=True)
class Related:
    """``linked`` oldest link first, ``stories`` likeliest first; ``people`` counts and names nobody."""

    linked: tuple[LinkedRecord, ...] = ()
    stories: tuple[Offer, ...] = ()
    people: int = 0


class RelatedStore:
    """Offers only: nothing here links, merges or changes a record."""

    def __init__(
        self, database: Database, home: Home, links: LinkStore, records: RecordStore, audit_log: AuditLog
    ) -> None:
        self._database = database
        self._home = home
        self._links = links
        self._records = records
        self._audit = audit_log

    def of(self, record_id: str) -> Related:
        """What is linked and what may be. Raises RecordMissing."""
        record = self._records.get(record_id)
        linked = self._links.of(record_id)
        known = {one.other for one in linked}
        summaries = {one.id: one for one in self._records.summaries(tuple(known))}
        return Related(
            tuple(LinkedRecord(one, summaries.get(one.other)) for one in linked),
            self._stories(record, known),
            len(self._same_person(record, known)),
        )

    def people(self, record_id: str, reason: str, by: str = "") -> tuple[Offer, ...]:
        """The counted records of the same person, newest first, once somebody has said why they look.

        Writes an audit entry. An anonymous record has none and is never among them. Raises RecordMissing.
        """
        record = self._records.get(record_id)
        with self._database.write() as connection:
            self._audit.write(connection, audit.LOOKED_UP_PERSON, record_id, reason, by)
        known = {one.other for one in self._links.of(record_id)}
        same = self._same_person(record, known)
        exchange = self._same_exchange(record, tuple(one for one, tagged in same.items() if tagged))
        return tuple(
            Offer(
                one,
                same_person=same[one.id],
                days=_days(record, one),
                same_exchange=not same[one.id] or one.id in exchange,
            )
            for one in self._records.summaries(tuple(same))
        )

    def _same_person(self, record: Record, known: set[str]) -> dict[str, bool]:
        """By number or address (True), or only by an exchange of emails here."""
        if record.identity is Identity.ANONYMOUS or not record.person:
            return {}
        asked = {"person": record.person, "of": self._home.projected_as, "own": record.id}
        with self._database.read() as connection:
            found = dict.fromkeys(connection.execute(_SAME_PERSON, asked).scalars(), True)
            for one in exchanges.records(connection, self._home.projected_as, record.id):
                found.setdefault(one, False)
        return {one: tagged for one, tagged in found.items() if one not in known}

    def _same_exchange(self, record: Record, others: Sequence[str]) -> frozenset[str]:
        """Of records of the same person, those that were made of emails which refer to one another."""
        with self._database.read() as connection:
            found = set(exchanges.records(connection, self._home.projected_as, record.id))
            if record.message is not None:
                compared = [_record(connection, one) for one in others[:_MOST_COMPARED]]
                found |= {one.id for one in compared if exchanges.is_one(record, one)}
        return frozenset(found)

    def _stories(self, record: Record, known: set[str]) -> tuple[Offer, ...]:
        words = likeness.telling_words(story_of(record))
        if not words:
            return ()
        with self._database.read() as connection:
            holders = self._holders(connection, words)
            hits = Counter(key for keys in holders.values() for key in keys)
            likely = self._likely(connection, record, hits)
            others = [_record(connection, one) for one in likely if one not in known]
        found: dict[str, tuple[Likeness, bool]] = {}
        for other in others:
            compared = likeness.likeness(words, likeness.telling_words(story_of(other)), holders)
            same_service = bool(services_of(record) & services_of(other))
            if likeness.alike(compared, same_service):
                found[other.id] = (compared, same_service)
        offers = [
            Offer(one, False, found[one.id][1], _days(record, one), found[one.id][0].words)
            for one in self._records.summaries(tuple(found))
        ]
        offers.sort(key=lambda one: (-len(one.words), -found[one.record.id][0].share, one.days))
        return tuple(offers[:MOST_OFFERS])

    def _holders(self, connection: Connection, words: Sequence[str]) -> dict[str, list[int]]:
        """The rare words among these, each with the order keys of the records that hold it."""
        count = int(connection.execute(_COUNT, {"of": self._home.projected_as}).scalar_one())
        most = likeness.rare_up_to(count)
        found = {}
        for word in words:
            # One more than may be is enough to know that a word is not rare.
            asked = (f'words : "{word}"', most + 1)
            keys = [row[0] for row in connection.exec_driver_sql(_HOLDERS, asked)]
            if len(keys) <= most:
                found[word] = keys
        return found

    def _likely(self, connection: Connection, record: Record, hits: Counter[int]) -> Iterator[str]:
        keys = [key for key, count in hits.most_common(_MOST_CANDIDATES) if count > 1]
        day = record.received.civil
        asked = {
            "of": self._home.projected_as,
            "keys": keys,
            "earliest": (day - NEAR).isoformat(),
            "latest": (day + NEAR).isoformat(),
            "own": record.id,
        }
        near = {row.order_key: row.id for row in connection.execute(_NEAR, asked)}
        return iter([near[key] for key in keys if key in near][:_MOST_COMPARED])


def story_of(record: Record) -> str:
    """Everything that was told, but not the redacted text of it once more."""
    told = (one.text for one in record.narratives if one.kind is not NarrativeKind.REDACTED)
    return "\n".join(told)


def services_of(record: Record) -> frozenset[str]:
    """What its items are about: ids, and names where no directory lists them."""
    mentions = [(one.id, one.name) for item in record.items for one in item.services]
    return frozenset(found for one, name in mentions if (found := one or fold(name).strip()))


def _record(connection: Connection, record_id: str) -> Record:
    found = versions.shown_body(connection, record_id, Kind.RECORD)
    if found is None:
        raise RecordMissing(id=record_id)
    return Record.parse(found[0])


def _days(record: Record, other: RecordSummary) -> int:
    return abs((record.received.civil - other.received.civil).days)
