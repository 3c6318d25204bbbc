"""Links between records: made and taken back by a person, each as a document of its own."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from intake_app.documents import Document, Kind
from intake_app.errors import LinkRefused, RecordMissing
from intake_app.links import RecordLink, Relation
from intake_app.projection import links as rows
from intake_app.projection.tables import LINK, RECORD, UNLINK
from intake_app.records import Identity
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, VERSION
from intake_app.times import Clock, IdMaker, Instant

_OF = (
    select(LINK)
    .where(
        LINK.c.organisation == bindparam("of"),
        LINK.c.record == bindparam("record"),
        ~select(UNLINK.c.undoing)
        .where(UNLINK.c.organisation == LINK.c.organisation, UNLINK.c.link == LINK.c.link)
        .exists(),
    )
    .order_by(LINK.c.at_ms, LINK.c.link)
)
_IDENTITIES = select(RECORD.c.id, RECORD.c.identity).where(
    RECORD.c.organisation == bindparam("of"), RECORD.c.id.in_(bindparam("ids", expanding=True))
)
_DOCUMENTS = (
    select(VERSION.c.document, VERSION.c.body, VERSION.c.deleted)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == Kind.LINK)
    .order_by(DOCUMENT.c.id)
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a person said of a record and an ``other`` one; of a follow-up the ``first`` follows on.

    ``by`` is a staff member's id and ``at`` the moment of the earliest of ``links``, the documents that say
    so: two people away from one another may each have made one.
    """

    other: str
    relation: str
    first: bool
    by: str
    at: Instant
    links: tuple[str, ...]


class LinkStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def of(self, record_id: str) -> tuple[Linked, ...]:
        """The links of a record that nobody has taken back, oldest first."""
        with self._database.read() as connection:
            return self._of(connection, record_id)

    def link(self, record_id: str, other: str, relation: Relation, by: str = "") -> Linked:
        """Durable when this returns, and waits for the hub. Neither record is changed.

        ``record_id`` is the one that follows on, where it is a follow-up. Raises RecordMissing, and
        LinkRefused: ``same`` record, ``anonymous`` (nobody says whose such a record is), ``linked`` already.
        """
        if record_id == other:
            raise LinkRefused(reason="same")
        with self._database.write() as connection:
            asked = {"of": self._home.projected_as, "ids": [record_id, other]}
            identities = {row.id: row.identity for row in connection.execute(_IDENTITIES, asked)}
            for one in (record_id, other):
                if one not in identities:
                    raise RecordMissing(id=one)
            if relation is Relation.SAME_PERSON and Identity.ANONYMOUS.value in identities.values():
                raise LinkRefused(reason="anonymous")
            if any(self._says(one, other, relation) for one in self._of(connection, record_id)):
                raise LinkRefused(reason="linked")
            made = self._add(connection, (record_id, other), relation, by)
        return Linked(other, made.relation, True, made.by, made.at, (made.id,))

    def unlink(self, record_id: str, linked: Linked, by: str = "") -> None:
        """Takes back what was said, by whomever; who said it stays in the documents. Twice is no error."""
        with self._database.write() as connection:
            live = {link for one in self._of(connection, record_id) for link in one.links}
            pair = (record_id, linked.other) if linked.first else (linked.other, record_id)
            for link in linked.links:
                if link in live:
                    self._add(connection, pair, linked.relation, by, undoes=link)

    @staticmethod
    def _says(one: Linked, other: str, relation: Relation) -> bool:
        same_way = one.first or relation is not Relation.FOLLOW_UP
        return (one.other, one.relation) == (other, relation) and same_way

    def _add(
        self, connection: Connection, pair: tuple[str, str], relation: str, by: str, undoes: str = ""
    ) -> RecordLink:
        made = RecordLink(
            id=self._ids(),
            records=pair,
            relation=relation,
            by=by or self._home.staff,
            at=self._clock(),
            undoes=undoes,
        )
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.LINK,
            id=made.id,
            mutation=self._ids(),
            body=made.to_json(),
        )
        versions.add(connection, document, None, made.at, made.by, self._home.device)
        rows.put(connection, self._home.projected_as, [made])
        return made

    def _of(self, connection: Connection, record_id: str) -> tuple[Linked, ...]:
        asked = {"of": self._home.projected_as, "record": record_id}
        found: dict[tuple[str, str, bool], list[Any]] = defaultdict(list)
        for row in connection.execute(_OF, asked):
            # Only a follow-up has a direction: the other relations are the same from both sides.
            directed = row.relation != Relation.FOLLOW_UP or row.first
            found[row.other, row.relation, directed].append(row)
        return tuple(
            Linked(
                other, relation, first, same[0].by, Instant(same[0].at_ms), tuple(one.link for one in same)
            )
            for (other, relation, first), same in found.items()
        )


def link_of(document: Document) -> RecordLink | None:
    """None for another kind, and for a body that this program cannot read or that speaks of another link."""
    if document.kind != Kind.LINK:
        return None
    return rows.read(document.id, document.body, document.deleted)


def rebuild(connection: Connection, projected_as: str) -> None:
    """The rows of all links once more from their documents."""
    rows.remove_all(connection, projected_as)
    rows.put(connection, projected_as, list(_documents(connection)))


def differing(connection: Connection, projected_as: str) -> list[str]:
    """Ids of links whose rows are not what their documents say."""
    found = list(_documents(connection))
    wanted = {tuple(sorted(row.items())) for one in found for row in rows.link_rows(projected_as, one)}
    wanted |= {tuple(sorted(row.items())) for one in found for row in rows.unlink_rows(projected_as, one)}
    there = {
        tuple(sorted(row.items()))
        for table in (LINK, UNLINK)
        for row in connection.execute(select(table).where(table.c.organisation == projected_as)).mappings()
    }
    return sorted({str(dict(row)["link"]) for row in wanted ^ there})


def _documents(connection: Connection) -> Iterator[RecordLink]:
    for row in connection.execute(_DOCUMENTS):
        link = rows.read(row.document, row.body, row.deleted)
        if link is not None:
            yield link
