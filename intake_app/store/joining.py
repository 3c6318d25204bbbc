"""After a round: joins versions of a record that were made apart, where nobody has to decide anything.

What comes of it is the same on every computer, to its last letter and its name: two computers that join the
same versions make one version, which the hub takes once. Everything else waits for a person.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, insert, select

from intake_app.documents import Document, Kind
from intake_app.forms.library import Library
from intake_app.merging.decisions import joined_record, mutation_of
from intake_app.merging.differences import Merged
from intake_app.merging.relevance import merge_by_questions
from intake_app.merging.slots import Json
from intake_app.records import Joined, JoinedVersion
from intake_app.store import notices, showing, versions
from intake_app.store.branches import Branch, Branches, envelope
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, TRIED, VERSION
from intake_app.times import Clock

_HEADS = (
    select(VERSION.c.document, VERSION.c.mutation)
    .join(DOCUMENT, (DOCUMENT.c.id == VERSION.c.document) & (DOCUMENT.c.kind == VERSION.c.kind))
    .where(DOCUMENT.c.conflict == 1, DOCUMENT.c.kind == Kind.RECORD, VERSION.c.head, VERSION.c.revision > 0)
    .order_by(VERSION.c.document, VERSION.c.mutation)
)
_KEEP_TRIED = insert(TRIED).prefix_with("OR REPLACE")


def merged(branches: Branches, leaves: Sequence[Branch], library: Library) -> Merged | None:
    """The leaves joined as far as may be; None where a body cannot be read or compared."""
    bodies = [body_of(one) for one in leaves]
    base = branches.base(leaves)
    readable = [one for one in bodies if one is not None]
    if not readable or len(readable) < len(bodies):
        return None
    try:
        return merge_by_questions(None if base is None else body_of(base), readable, library)
    except ValueError:
        return None


def body_of(branch: Branch) -> Json | None:
    """The body as this program would write it, so that what only looks different is the same."""
    return None if branch.record is None else dict(json.loads(branch.record.to_json()))


class Joiner:
    """``library`` is asked for when there is something to join."""

    def __init__(self, database: Database, home: Home, clock: Clock, library: Callable[[], Library]) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._library = library

    def run(self) -> int:
        """One transaction a record; returns how many versions were made.

        Those that were found to need a person are not looked at again until there are other versions.
        """
        with self._database.read() as connection:
            heads: dict[str, list[str]] = defaultdict(list)
            for document, mutation in connection.execute(_HEADS).all():
                heads[document].append(mutation)
            tried = {row.document: row.versions for row in connection.execute(select(TRIED)).all()}
        fresh = [one for one, names in heads.items() if tried.get(one) != json.dumps(names)]
        return sum(self._join(one) for one in fresh)

    def _join(self, record_id: str) -> bool:
        with self._database.read() as connection:
            branches = Branches(connection, record_id)
        document, joined = self._joined(branches, record_id)
        if document is None:
            if not branches.unsent:
                names = json.dumps([one.mutation for one in branches.heads])
                with self._database.write() as connection:
                    connection.execute(_KEEP_TRIED, {"document": record_id, "versions": names})
            return False
        with self._database.write() as connection:
            if not self._is_as_before(connection, record_id, branches, document):
                return False
            at = self._clock()
            # Nobody at this computer wrote it, and its name tells no time.
            showing.add(connection, self._home, document, at, "", "")
            showing.settle(connection, document)
            if joined is not None:
                notices.note(connection, record_id, document.mutation, joined, at)
        return True

    def _joined(self, branches: Branches, record_id: str) -> tuple[Document | None, Joined | None]:
        heads = branches.heads
        # What was written here and not sent is part of it: that goes first.
        if len(heads) < 2 or branches.unsent or any(one.record is None for one in heads):
            return None, None
        leaves = branches.leaves(heads)
        whole = [one for one in heads if branches.leaves([one]) == leaves]
        if whole:
            # Joined before, perhaps by programs that do it otherwise: one of them is taken, never a new one.
            best = max(whole, key=lambda one: one.mutation)
            body, joined = best.body, None
        else:
            outcome = merged(branches, leaves, self._library())
            if outcome is None or outcome.differences:
                return None, None
            joined = Joined(versions=tuple(one.told for one in leaves))
            try:
                body = joined_record(outcome.body, joined, self._library()).to_json()
            except ValueError:
                # Not a record by this program's measure: it keeps nothing else waiting.
                return None, None
        named = [JoinedVersion(mutation=one.mutation) for one in heads]
        document = Document(
            organisation=self._home.organisation.id,
            kind=Kind.RECORD,
            id=record_id,
            mutation=mutation_of(named, body),
            body=body,
            **envelope(heads),
        )
        return (None if document.mutation in branches.by_mutation else document), joined

    def _is_as_before(
        self, connection: Connection, record_id: str, before: Branches, document: Document
    ) -> bool:
        """The window may have finished an edit, or erased the record, while this was worked out."""
        now = Branches(connection, record_id)
        same = [one.mutation for one in now.heads] == [one.mutation for one in before.heads]
        known = versions.by_mutation(connection, document.mutation) is not None
        return same and not now.unsent and not known
