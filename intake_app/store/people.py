"""Persons and equality answers: kept apart from the story, opened only with a reason that is written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_app.documents import Document, Kind
from intake_app.errors import RecordMissing
from intake_app.people import EqualityAnswers, PersonDetails, SealedPerson
from intake_app.projection.tables import RECORD
from intake_app.records import Identity
from intake_app.store import audit, seal, versions
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DRAFT, DRAFT_TAG, PERSON_TAG
from intake_app.times import Clock, IdMaker

_TAGGED = (
    select(RECORD.c.id)
    .join(PERSON_TAG, PERSON_TAG.c.person == RECORD.c.person)
    .where(
        PERSON_TAG.c.tag.in_(bindparam("tags", expanding=True)),
        RECORD.c.organisation == bindparam("organisation"),
        RECORD.c.identity != Identity.ANONYMOUS.value,
    )
    .order_by(RECORD.c.order_key.desc())
)
_TAGGED_DRAFTS = (
    select(DRAFT.c.id)
    .join(DRAFT_TAG, DRAFT_TAG.c.draft == DRAFT.c.id)
    .where(DRAFT_TAG.c.tag.in_(bindparam("tags", expanding=True)))
    .order_by(DRAFT.c.order_key.desc())
)
_OPENED = {Kind.PERSON.value: audit.OPENED_PERSON, Kind.EQUALITY.value: audit.OPENED_EQUALITY}
_INSERT_TAGS = insert(PERSON_TAG).prefix_with("OR IGNORE")
_DELETE_TAGS = delete(PERSON_TAG).where(PERSON_TAG.c.person == bindparam("of_person"))


@dataclass(frozen=True, slots=True)
class Matching:
    """What came from one number or email: ids of finished records and of drafts, each newest first.

    An edit of a finished record counts with its record.
    """

    records: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()


class PeopleStore:
    def __init__(
        self, database: Database, home: Home, clock: Clock, ids: IdMaker, audit_log: AuditLog
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._audit = audit_log

    def matches(self, number_or_email: str) -> int:
        """How many earlier records and drafts that are not anonymous came from it; 0 for other text."""
        found = self._tagged(number_or_email)
        return len(found.records) + len(found.drafts)

    def matching(self, number_or_email: str, reason: str, by: str = "") -> Matching:
        """Their ids, once the operator has confirmed; writes an audit entry."""
        with self._database.write() as connection:
            self._audit.write(connection, audit.LOOKED_UP_NUMBER, reason=reason, by=by)
        return self._tagged(number_or_email)

    def open_person(self, person_id: str, reason: str, by: str = "") -> PersonDetails:
        """The one door to a person's details: the audit entry is on disk before they are opened.

        Raises RecordMissing for an unknown id, StoreDamaged where the seal does not fit.
        """
        with self._database.write() as connection:
            found = versions.shown_body(connection, person_id, Kind.PERSON)
            if found is None:
                raise RecordMissing(id=person_id)
            self.note_opening(connection, Kind.PERSON, person_id, reason, by)
        return self.unseal(found[0])

    def note_opening(
        self, connection: Connection, kind: str, document_id: str, reason: str, by: str = ""
    ) -> None:
        """Before anybody sees what is kept apart: who opened it, and why."""
        self._audit.write(connection, _OPENED[kind], document_id, reason, by)

    def unseal(self, body: str) -> PersonDetails:
        """From a person document, also of before a hub was joined. Raises StoreDamaged."""
        return seal.unseal_with(SealedPerson.parse(body), self._home.keys)

    def open_equality(self, equality_id: str, reason: str, by: str = "") -> EqualityAnswers:
        """Equality answers go through the same door. Raises RecordMissing."""
        with self._database.write() as connection:
            found = versions.shown_body(connection, equality_id, Kind.EQUALITY)
            if found is None:
                raise RecordMissing(id=equality_id)
            self.note_opening(connection, Kind.EQUALITY, equality_id, reason, by)
        return EqualityAnswers.parse(found[0]).bare

    def put_person(self, connection: Connection, details: PersonDetails, by: str) -> None:
        """In the transaction of the record's save; an unchanged person makes no new version.

        Details stay sealed while a record is edited, so what the draft says nothing of is still known.
        """
        found = versions.shown_body(connection, details.id, Kind.PERSON)
        if found is not None:
            known = self.unseal(found[0])
            number = details.number or known.number
            answers = {**known.answers, **details.answers}
            details = details.model_copy(update={"answers": answers, "number": number})
            if known == details:
                return
        sealed = seal.seal(details, self._home.organisation_key, self._clock(), by)
        self._add(connection, Kind.PERSON, details.id, sealed.to_json(), by)
        put_tags(connection, [sealed])

    def put_equality(self, connection: Connection, answers: EqualityAnswers, record_id: str, by: str) -> None:
        """In the transaction of the record's save; unchanged answers make no new version.

        As of a person, what the draft says nothing of is still known.
        """
        found = versions.shown_body(connection, answers.id, Kind.EQUALITY)
        if found is not None:
            known = EqualityAnswers.parse(found[0])
            answers = answers.model_copy(update={"answers": {**known.answers, **answers.answers}})
            if known.bare == answers.bare:
                return
        written = {"record": record_id, "made": self._clock(), "by": by, "joined": None}
        body = answers.model_copy(update=written).to_json()
        self._add(connection, Kind.EQUALITY, answers.id, body, by)

    def _add(self, connection: Connection, kind: Kind, document_id: str, body: str, by: str) -> None:
        tip = versions.shown(connection, document_id, kind)
        document = Document(
            organisation=self._home.organisation.id,
            kind=kind,
            id=document_id,
            mutation=self._ids(),
            body=body,
            **versions.lineage(tip),
        )
        versions.add(connection, document, tip, self._clock(), by, self._home.device)

    def _tagged(self, number_or_email: str) -> Matching:
        tags = [seal.tag_of(number_or_email, key) for key in self._home.keys]
        if not tags[0]:
            return Matching()
        asked = {"tags": tags, "organisation": self._home.projected_as}
        with self._database.read() as connection:
            records = dict.fromkeys(connection.execute(_TAGGED, asked).scalars())
            drafts = dict.fromkeys(connection.execute(_TAGGED_DRAFTS, {"tags": tags}).scalars())
        return Matching(tuple(records), tuple(one for one in drafts if one not in records))


def put_tags(connection: Connection, people: Sequence[SealedPerson]) -> None:
    """Makes these the tags of their persons."""
    if people:
        connection.execute(_DELETE_TAGS, [{"of_person": person.id} for person in people])
    tags = [{"tag": tag, "person": person.id} for person in people for tag in person.tags]
    if tags:
        connection.execute(_INSERT_TAGS, tags)
