"""Tells both writers when what they wrote was joined with what somebody else wrote.

The joined version names the versions that it came from and who wrote them, so each computer tells its own
staff, whoever joined them and wherever. A notice stays until it is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text, update

from intake_app.documents import Kind
from intake_app.people import SealedPerson
from intake_app.projection.tables import RECORD
from intake_app.records import Joined, Record
from intake_app.store import home as facts
from intake_app.store.branches import Content, content_of
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.names import name_of
from intake_app.store.tables import NOTICE, STAFF, VERSION
from intake_app.times import Clock, Instant, named_id

LOOKED_THROUGH = "notices_up_to"
_MOST_AT_ONCE = 2_000
_KEEP = insert(NOTICE).prefix_with("OR IGNORE")
_HERE = select(STAFF.c.id)
_JOINING = (
    select(VERSION.c.seq, VERSION.c.kind, VERSION.c.document, VERSION.c.mutation, VERSION.c.body)
    # Written as the index says it, so that versions that join nothing are not even looked at.
    .where(
        VERSION.c.seq > bindparam("above"),
        text("instr(version.parents, ',') > 0"),
        VERSION.c.kind.in_((Kind.RECORD.value, Kind.PERSON.value, Kind.EQUALITY.value)),
    )
    .order_by(VERSION.c.seq)
    .limit(_MOST_AT_ONCE)
)
_NEWEST = select(func.coalesce(func.max(VERSION.c.seq), 0))
_VERSION = select(VERSION.c.kind, VERSION.c.document, VERSION.c.body).where(
    VERSION.c.mutation == bindparam("of")
)
_UNREAD = (
    select(NOTICE)
    .where(NOTICE.c.staff == bindparam("member"), NOTICE.c.read_ms.is_(None))
    .order_by(NOTICE.c.told_ms, NOTICE.c.id)
)
_RECORDS_OF = select(RECORD.c.id).where(
    RECORD.c.organisation == bindparam("organisation"), RECORD.c.person == bindparam("person")
)
_READ = (
    update(NOTICE)
    .where(
        NOTICE.c.document == bindparam("of"),
        NOTICE.c.staff == bindparam("member"),
        NOTICE.c.read_ms.is_(None),
    )
    .values(read_ms=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Notice:
    """``writers`` are the names of the others, in order, empty for one not known here.

    ``settled_by`` is who decided; ``decided`` False where nothing was in dispute and the program joined them.
    ``details``: it was not the record that was joined but what is kept apart from it.
    """

    record_id: str
    version: str
    told: Instant
    writers: tuple[str, ...]
    decided: bool
    settled_by: str
    details: bool = False


def note(connection: Connection, document: str, mutation: str, joined: Joined, at: Instant) -> None:
    """For every writer of a joined version who writes on this computer, but for whoever decided it."""
    here = set(connection.execute(_HERE).scalars())
    told = {one.by for one in joined.versions} & here - {joined.by}
    name = named_id("\n".join([document, joined.by, *sorted(one.mutation for one in joined.versions)]))
    rows = [
        {"id": name, "staff": one, "document": document, "version": mutation, "told_ms": at.utc_ms}
        for one in sorted(told)
    ]
    if rows:
        connection.execute(_KEEP, rows)


class NoticeStore:
    def __init__(self, database: Database, home: Home, clock: Clock) -> None:
        self._database = database
        self._home = home
        self._clock = clock

    def look_through(self) -> None:
        """After a round: finds joined versions among those that came since the last one."""
        while True:
            with self._database.read() as connection:
                above = int(facts.read_fact(connection, LOOKED_THROUGH) or 0)
                newest = int(connection.execute(_NEWEST).scalar_one())
                if newest == above:
                    return
                rows = connection.execute(_JOINING, {"above": above}).all()
            last = rows[-1].seq if len(rows) == _MOST_AT_ONCE else newest
            with self._database.write() as connection:
                for row in rows:
                    content = content_of(row.kind, row.body, row.document)
                    if content is not None and content.joined is not None:
                        for record in self._records_of(connection, content):
                            note(connection, record, row.mutation, content.joined, self._clock())
                facts.write_fact(connection, LOOKED_THROUGH, last)

    def _records_of(self, connection: Connection, content: Content) -> Sequence[str]:
        """Details are told about with the records that they belong to."""
        if isinstance(content, SealedPerson):
            of = {"organisation": self._home.projected_as, "person": content.id}
            return connection.execute(_RECORDS_OF, of).scalars().all()
        return [one for one in (content.id if isinstance(content, Record) else content.record,) if one]

    def unread(self) -> tuple[Notice, ...]:
        """For whoever is at the keyboard, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(_UNREAD, {"member": self._home.staff}).all()
            return tuple(
                notice for row in rows if (notice := self._notice(connection, row.document, row)) is not None
            )

    def unread_records(self) -> tuple[str, ...]:
        """Ids of the records that somebody at the keyboard has yet to be told about."""
        return tuple(dict.fromkeys(one.record_id for one in self.unread()))

    def read(self, record_ids: Iterable[str]) -> None:
        """Whoever is at the keyboard has read what there was to tell about these records."""
        at = self._clock().utc_ms
        with self._database.write() as connection:
            for one in record_ids:
                connection.execute(_READ, {"of": one, "member": self._home.staff, "at": at})

    def _notice(self, connection: Connection, document: str, row: Row[Any]) -> Notice | None:
        version, told = str(row.version), Instant(row.told_ms)
        found = connection.execute(_VERSION, {"of": version}).one_or_none()
        content = None if found is None else content_of(found.kind, found.body, found.document)
        joined = None if content is None else content.joined
        if joined is None:
            return None
        others = dict.fromkeys(one.by for one in joined.versions if one.by != self._home.staff)
        writers = tuple(name_of(connection, one) for one in others)
        by = name_of(connection, joined.by) if joined.by else ""
        apart = not isinstance(content, Record)
        return Notice(document, version, told, writers, bool(joined.by), by, details=apart)
