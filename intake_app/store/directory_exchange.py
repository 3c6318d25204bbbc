"""Hands an edition of the directory to the organisation's other computers, and takes theirs in.

A change set is one ``directory`` document that names its editions and its pages, and one ``directory_part``
document a page. The first set of a list has all its services; later ones have what changed. A set is taken in
whole, in short transactions, and only where it fits what is held: see docs/decisions/directory.md.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, select

from intake_app.bodies import Body, StoredInstant
from intake_app.documents import Document, Kind
from intake_app.errors import Cancelled, ServicesRefused, StoreLocked
from intake_app.segments import join_segments
from intake_app.services import deltas, editions
from intake_app.services.changes import Writer
from intake_app.services.editions import Edition
from intake_app.services.importing import Share
from intake_app.services.model import Reason
from intake_app.store import versions
from intake_app.store.database import Database
from intake_app.store.files import FolderLock
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, VERSION
from intake_app.times import Clock, IdMaker

_SETS = (
    select(VERSION.c.body)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == Kind.DIRECTORY, VERSION.c.deleted.is_(False))
    .order_by(VERSION.c.seq)
)
_PAGE = (
    select(VERSION.c.body)
    .join(DOCUMENT, DOCUMENT.c.mutation == VERSION.c.mutation)
    .where(DOCUMENT.c.kind == Kind.DIRECTORY_PART, DOCUMENT.c.id == bindparam("id"))
)


@contextmanager
def directory_lock(folder: Path, path: str = "") -> Iterator[None]:
    """Only one process brings services in at a time: each hands out places in the order of all of them.

    Raises ServicesRefused for ``path`` at once when another process is about it.
    """
    try:
        lock = FolderLock(folder, "directory")
    except StoreLocked as error:
        raise ServicesRefused(path=path, reason=str(Reason.UNDER_WAY)) from error
    try:
        yield
    finally:
        lock.close()


class SharedEdition(Body):
    """``base`` is the edition on which the set builds, empty for a set that has the whole list."""

    source: str
    id: str
    dated: str = ""
    base: str = ""
    base_dated: str = ""


class ChangeSet(Body):
    """The body of the ``directory`` document; ``pages`` are ids of ``directory_part`` documents, in order."""

    made: StoredInstant
    editions: tuple[SharedEdition, ...]
    pages: tuple[str, ...] = ()


class DirectoryExchange:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    @property
    def possible(self) -> bool:
        """Whether there is a hub to share through."""
        return self._home.enrolled

    def share(self, by: str = "") -> Share:
        """For ``Directory.import_files``: makes the documents of what is about to be written."""

        def make(writer: Writer, read: Sequence[Edition]) -> Callable[[Connection], None]:
            with self._database.read() as connection:
                fresh = [one for one in read if not editions.was_shared(connection, one)]
                made = tuple(_builds_on(connection, one) for one in fresh)
            if not made:
                return lambda _connection: None
            whole = any(not one.base for one in made)
            ids: list[str] = []
            for text in deltas.pages(writer.everything() if whole else writer.touched()):
                ids.append(self._ids())
                with self._database.write_slice() as connection:
                    self._add(connection, Kind.DIRECTORY_PART, ids[-1], text, by)
            body = ChangeSet(made=self._clock(), editions=made, pages=tuple(ids))

            def finish(connection: Connection) -> None:
                # With the editions themselves: whoever has them here has given them away, or nobody has.
                self._add(connection, Kind.DIRECTORY, self._ids(), body.to_json(), by)
                for one in fresh:
                    editions.note_shared(connection, one)

            return finish

        return make

    def catch_up(self, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Takes in every set that has arrived whole and fits; how many. Nothing to do costs one query.

        Raises Cancelled between two transactions: what was written stays, and the set is begun again.
        """
        taken = 0
        with self._database.read() as connection:
            bodies = list(connection.execute(_SETS).scalars())
        for body in bodies:
            try:
                change_set = ChangeSet.parse(body)
            except ValueError:
                continue  # a newer program's: kept, passed on, and not understood here
            if self._wanted(change_set) and self._take_in(change_set, cancelled):
                taken += 1
        return taken

    def _wanted(self, change_set: ChangeSet) -> bool:
        with self._database.read() as connection:
            return any(
                _fits(connection, one, change_set.made.utc_ms) for one in change_set.editions
            ) and not any(_does_not_fit(connection, one) for one in change_set.editions)

    def _take_in(self, change_set: ChangeSet, cancelled: Callable[[], bool]) -> bool:
        """False where a page is missing or cannot be read: then nothing of the set is written."""
        writer = Writer(self._database, self._clock)
        for page in change_set.pages:
            with self._database.read() as connection:
                text = connection.execute(_PAGE, {"id": page}).scalar_one_or_none()
            if text is None:
                return False
            try:
                deltas.bring(writer, text)
            except deltas.PageUnreadable:
                return False
            if cancelled():
                raise Cancelled
        writer.end_of_file(max(one.dated for one in change_set.editions))

        def note(connection: Connection) -> None:
            for one in change_set.editions:
                edition = Edition(one.source, one.id, one.dated)
                editions.note(connection, edition, self._clock().utc_ms, shared=True)

        for _waiting in writer.write_slices(note):
            if cancelled():
                raise Cancelled
        join_segments("service_search", self._database.write_slice)
        return True

    def _add(self, connection: Connection, kind: Kind, document_id: str, body: str, by: str) -> None:
        document = Document(
            organisation=self._home.organisation.id,
            kind=kind,
            id=document_id,
            mutation=self._ids(),
            body=body,
        )
        versions.add(connection, document, None, self._clock(), by, self._home.device)


def _builds_on(connection: Connection, edition: Edition) -> SharedEdition:
    held = editions.held_in(connection, edition.source)
    known: dict[str, Any] = {"source": edition.source, "id": edition.id, "dated": edition.dated}
    if held is not None and held.id != edition.id and editions.was_shared(connection, held):
        known |= {"base": held.id, "base_dated": held.dated}
    return SharedEdition(**known)


def _fits(connection: Connection, one: SharedEdition, made_ms: int) -> bool:
    """Whether the set brings a newer edition of this list than the one held."""
    edition = Edition(one.source, one.id, one.dated)
    if editions.was_held(connection, edition):
        return False
    held = editions.held_in(connection, one.source)
    if held is None:
        return not one.base
    if edition.dated and held.dated:
        return edition.dated > held.dated
    return made_ms > editions.held_since(connection, one.source)


def _does_not_fit(connection: Connection, one: SharedEdition) -> bool:
    """Whether something lies between what is held and what the set builds on: that has to come first."""
    held = editions.held_in(connection, one.source)
    if not one.base or (held is not None and one.base == held.id):
        return False
    if held is None:
        return True
    return not (one.base_dated and held.dated and held.dated > one.base_dated)
