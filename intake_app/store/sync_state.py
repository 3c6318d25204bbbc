"""What a round with the hub needs of the store: outbox, cursor, pulled pages, scope and enrolment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import BindParameter, Connection, bindparam, delete, select

from intake_app.documents import Kind, Pulled
from intake_app.errors import PracticeOnly
from intake_app.long_work import Cancelled, never
from intake_app.segments import join_segments
from intake_app.store import home as facts
from intake_app.store.attachments import AttachmentStore
from intake_app.store.audit import AuditLog
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.notices import NoticeStore
from intake_app.store.outbox import Outbox
from intake_app.store.summaries import Organisation
from intake_app.store.tables import (
    ATTACHMENT_USE,
    DOCUMENT,
    DRAFT,
    NOTICE,
    OUTBOX,
    PERSON_TAG,
    SECOND_COPY,
    SETTLING,
    TRIED,
    VERSION,
)
from intake_app.store.turns import Turns
from intake_app.times import Clock, IdMaker, Instant

if TYPE_CHECKING:
    from intake_app.store.arrivals import Prepared

_DROPPED_AT_ONCE = 250
_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_LEFT_SCOPE = (
    select(DOCUMENT.c.id)
    .join(VERSION, VERSION.c.mutation == DOCUMENT.c.mutation)
    .where(
        DOCUMENT.c.seen < bindparam("seen"),
        VERSION.c.revision > 0,
        VERSION.c.organisation == bindparam("organisation"),
        ~select(OUTBOX.c.seq).where(OUTBOX.c.document == DOCUMENT.c.id).exists(),
        ~select(DRAFT.c.id).where(DRAFT.c.id == DOCUMENT.c.id).exists(),
        # Its files are still to be sent from here: the hub has the record, and not them.
        ~select(ATTACHMENT_USE.c.owner)
        .where(
            ATTACHMENT_USE.c.owner == DOCUMENT.c.id, ATTACHMENT_USE.c.draft == 0, ATTACHMENT_USE.c.sent == 0
        )
        .exists(),
    )
    .limit(_DROPPED_AT_ONCE)
)
_DROPS = (
    delete(VERSION).where(VERSION.c.document.in_(_IDS)),
    delete(DOCUMENT).where(DOCUMENT.c.id.in_(_IDS)),
    delete(SECOND_COPY).where(SECOND_COPY.c.document.in_(_IDS)),
    delete(PERSON_TAG).where(PERSON_TAG.c.person.in_(_IDS)),
    delete(SETTLING).where(SETTLING.c.document.in_(_IDS)),
    delete(TRIED).where(TRIED.c.document.in_(_IDS)),
    delete(NOTICE).where(NOTICE.c.document.in_(_IDS)),
)


class EnrolmentValues(Protocol):
    """What the hub answered when this computer joined it; ``organisation_key`` is in hexadecimal."""

    @property
    def hub_url(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def device(self) -> str: ...
    @property
    def device_kind(self) -> str: ...
    @property
    def organisation_key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StoredEnrolment:
    """As it was kept; the token is no part of the printed form."""

    hub_url: str
    token: str
    organisation: str
    organisation_name: str
    area: str
    device: str
    device_kind: str
    organisation_key: str

    def __repr__(self) -> str:
        return f"StoredEnrolment(hub_url={self.hub_url!r}, organisation={self.organisation!r})"


# What a round needs is loaded by the process that has one: a window only asks how things stand.


class SyncStore(Outbox):
    """Each method may be repeated without harm; long ones commit in slices of about 100 ms."""

    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        ids: IdMaker,
        audit_log: AuditLog,
        notices: NoticeStore,
    ) -> None:
        super().__init__(database, home, audit_log)
        self.turns = Turns(database, home, clock, ids)
        self._ids = ids
        self._notices = notices
        self._clock = clock
        self.files = AttachmentStore(database, home, clock)

    @property
    def last_sync(self) -> Instant | None:
        """When a whole round last ended well; None before the first."""
        with self._database.read() as connection:
            found = facts.read_fact(connection, facts.LAST_SYNC)
        return None if found is None else Instant(found)

    def note_round(self) -> None:
        """A whole round ended well, now."""
        with self._database.write() as connection:
            facts.write_fact(connection, facts.LAST_SYNC, self._clock().utc_ms)

    def tidy(self, stopped: Cancelled = never) -> None:
        """After a round: what it brought is found as quickly as the rest.

        The next one does what was left.
        """
        join_segments("record_search", self._database.write_slice, stopped)

    def join(self) -> int:
        """Joins versions made apart where nobody has to decide, and tells whoever wrote them."""
        self._notices.look_through()
        from intake_app.forms.library import Library
        from intake_app.store.joining import Joiner

        made = Joiner(self._database, self._home, self._clock, Library.shipped).run()
        if made:
            self._notices.look_through()
        return made

    def tell_names(self) -> None:
        """The names of those who write here wait to be sent, where the hub does not know them yet."""
        from intake_app.store import names

        names.tell(self._database, self._home, self._clock, self._ids)

    def cursor(self) -> int:
        """The hub's number up to which everything is here; 0 before the first page."""
        return int(self._pulled()["cursor"])

    def scope(self) -> str:
        """What this device receives, as the hub named it; empty before the first page."""
        return str(self._pulled()["scope"])

    def backfill_scope(self) -> str:
        """The scope of a backfill under way; empty when none is."""
        return str((self._backfill() or {"scope": ""})["scope"])

    def backfill_cursor(self) -> int:
        return int((self._backfill() or {"cursor": 0})["cursor"])

    def begin_backfill(self, scope: str) -> None:
        """The hub's scope for this device is another: everything in it is taken again from 0."""
        with self._database.write() as connection:
            before = facts.read_fact(connection, facts.BACKFILL) or facts.read_fact(connection, facts.PULLED)
            seen = int((before or {}).get("seen", 0)) + 1
            facts.write_fact(connection, facts.BACKFILL, {"scope": scope, "cursor": 0, "seen": seen})

    def prepare(self, documents: Sequence[Pulled]) -> "Sequence[Prepared]":
        """Reads, folds and derives; nothing of the database, so that it may go on beside ``apply_page``."""
        from intake_app.store import arrivals

        return [arrivals.prepare(one, self._home) for one in documents]

    def apply_page(self, documents: Sequence[Pulled], cursor: int, scope: str = "") -> None:
        """As ``apply_prepared``."""
        self.apply_prepared(self.prepare(documents), cursor, scope)

    def apply_prepared(self, page: "Sequence[Prepared]", cursor: int, scope: str = "") -> None:
        """Keeps the versions, known or not; the cursor moves with the last of them.

        During a backfill it is the backfill's cursor. Each version is shown, listed and found at once,
        except where something written here waits to be sent or erasure came before.
        """
        backfill = self._backfill()
        seen = int(backfill["seen"]) if backfill else int(self._pulled()["seen"])
        from intake_app.store import arrivals

        for part, last in arrivals.slices(page):
            with self._database.write_slice() as connection:
                arrivals.take_in(connection, self._home, part, seen)
                if last:
                    name = facts.BACKFILL if backfill else facts.PULLED
                    kept = backfill["scope"] if backfill else (scope or self._pulled_in(connection)["scope"])
                    facts.write_fact(connection, name, {"scope": kept, "cursor": cursor, "seen": seen})
        if any(one.pulled.document.kind == Kind.ERASURE for one in page):
            self.files.collect()

    def finish_backfill(self) -> None:
        """Drops *received* documents that the backfill did not bring; what waits here or is a draft stays.

        Neither deletion nor tombstone: the hub still has them. Nothing under way: nothing happens.
        """
        backfill = self._backfill()
        if backfill is None:
            return
        asked = {"seen": backfill["seen"], "organisation": self._home.organisation.id}
        while True:
            with self._database.write() as connection:
                ids = list(connection.execute(_LEFT_SCOPE, asked).scalars())
                if ids:
                    self._drop(connection, ids)
                    continue
                facts.write_fact(connection, facts.PULLED, backfill)
                facts.write_fact(connection, facts.BACKFILL, None)
            self.files.collect()
            return

    def enrolment(self) -> StoredEnrolment | None:
        """None on a computer that works alone."""
        with self._database.read() as connection:
            found = facts.read_fact(connection, facts.ENROLMENT)
        return None if found is None else StoredEnrolment(**found)

    def save_enrolment(self, enrolment: EnrolmentValues) -> None:
        """This computer has joined a hub. What was taken before stays here until ``rehome``.

        Raises PracticeOnly for a store that is for practice.
        """
        if self._home.practice:
            raise PracticeOnly(path=str(self._database.path.parent))
        values = {name: str(getattr(enrolment, name)) for name in StoredEnrolment.__dataclass_fields__}
        organisation = Organisation(
            enrolment.organisation,
            enrolment.organisation_name or self._home.organisation.name,
            enrolment.area,
        )
        key = bytes.fromhex(enrolment.organisation_key)
        with self._database.write() as connection:
            before = facts.read_fact(connection, facts.ENROLMENT)
            facts.write_fact(connection, facts.ENROLMENT, values)
            facts.write_organisation(connection, organisation, key)
            # A fresh token begins a fresh row of turns.
            facts.write_fact(connection, facts.TURN, None)
            facts.write_fact(connection, facts.SPLIT, None)
            if before is None or before["organisation"] != enrolment.organisation:
                facts.write_fact(connection, facts.PULLED, None)
                facts.write_fact(connection, facts.BACKFILL, None)
        self.refresh()

    def leave_hub(self) -> None:
        """Forgets the token; everything stays, and what is unsent waits for another joining."""
        with self._database.write() as connection:
            facts.write_fact(connection, facts.ENROLMENT, None)
        self.refresh()

    def rehome(self, organisation: str, organisation_key: str) -> None:
        """A person said that what was taken before joining may be sent: it becomes the organisation's."""
        from intake_app.store.rehoming import Rehoming

        Rehoming(self._database, self._home).run(organisation, bytes.fromhex(organisation_key))

    def refresh(self) -> None:
        """Reads again what another process may have changed: organisation, enrolment, staff."""
        with self._database.read() as connection:
            fresh = facts.read_home(connection, self._home.store)
        self._home.take_over(fresh)

    def _drop(self, connection: Connection, ids: list[str]) -> None:
        from intake_app.projection import links, write
        from intake_app.services import nicknames
        from intake_app.store import attachment_uses, search_index

        attachment_uses.let_go(connection, ids)
        search_index.take_out(connection, ids)
        write.remove(connection, self._home.projected_as, ids)
        links.remove(connection, self._home.projected_as, ids)
        nicknames.take_away(connection, ids)
        for statement in _DROPS:
            connection.execute(statement, {"ids": ids})

    def _pulled(self) -> dict[str, Any]:
        with self._database.read() as connection:
            return self._pulled_in(connection)

    def _pulled_in(self, connection: Connection) -> dict[str, Any]:
        return facts.read_fact(connection, facts.PULLED) or {"scope": "", "cursor": 0, "seen": 0}

    def _backfill(self) -> dict[str, Any] | None:
        with self._database.read() as connection:
            found: dict[str, Any] | None = facts.read_fact(connection, facts.BACKFILL)
            return found
