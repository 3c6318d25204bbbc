"""After a round: joins versions that were made apart, where nobody has to decide anything.

What comes of it is the same on every computer, to its last letter and its name: two computers that join the
same versions make one version, which the hub takes once. Everything else waits for a person.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import insert, select

from intake_app.documents import Document, Kind
from intake_app.forms.library import Library
from intake_app.merging.decisions import mutation_of
from intake_app.records import Joined, JoinedVersion
from intake_app.store import showing, versions
from intake_app.store.branches import Branches, envelope, with_body
from intake_app.store.contents import Contents
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import DOCUMENT, TRIED, VERSION
from intake_app.times import Clock

_JOINED_KINDS = (Kind.RECORD.value, Kind.PERSON.value, Kind.EQUALITY.value)
_HEADS = (
    select(VERSION.c.kind, VERSION.c.document, VERSION.c.mutation)
    .join(DOCUMENT, (DOCUMENT.c.id == VERSION.c.document) & (DOCUMENT.c.kind == VERSION.c.kind))
    .where(
        DOCUMENT.c.conflict == 1, DOCUMENT.c.kind.in_(_JOINED_KINDS), VERSION.c.head, VERSION.c.revision > 0
    )
    .order_by(VERSION.c.document, VERSION.c.mutation)
)
_HIDDEN = (
    select(DOCUMENT.c.id)
    .join(VERSION, VERSION.c.mutation == DOCUMENT.c.mutation)
    .where(DOCUMENT.c.conflict == 1, DOCUMENT.c.kind == Kind.RECORD, VERSION.c.deleted)
)
_KEEP_TRIED = insert(TRIED).prefix_with("OR REPLACE")


class Joiner:
    """``library`` is asked for when there is something to join."""

    def __init__(self, database: Database, home: Home, clock: Clock, library: Callable[[], Library]) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._library = library

    def run(self) -> int:
        """One transaction a document; returns how many versions were made.

        Those that were found to need a person are not looked at again until there are other versions.
        """
        with self._database.read() as connection:
            heads: dict[tuple[str, str], list[str]] = defaultdict(list)
            for kind, document, mutation in connection.execute(_HEADS).all():
                heads[kind, document].append(mutation)
            tried = {row.document: row.versions for row in connection.execute(select(TRIED)).all()}
        fresh = [one for one, names in heads.items() if tried.get(one[1]) != json.dumps(names)]
        made = sum(self._join(*one) for one in fresh)
        self._bring_to_light()
        return made

    def _join(self, kind: str, document_id: str) -> bool:
        with self._database.read() as connection:
            branches = Branches(connection, document_id, kind)
        document = self._joined(branches, kind, document_id)
        if document is None:
            if not branches.unsent:
                names = json.dumps([one.mutation for one in branches.heads])
                with self._database.write() as connection:
                    connection.execute(_KEEP_TRIED, {"document": document_id, "versions": names})
            return False
        with self._database.write() as connection:
            now = Branches(connection, document_id, kind)
            # The window may have finished an edit, or erased the record, while this was worked out.
            as_before = [one.mutation for one in now.heads] == [one.mutation for one in branches.heads]
            if not as_before or now.unsent or versions.by_mutation(connection, document.mutation) is not None:
                return False
            # Nobody at this computer wrote it, and its name tells no time.
            showing.add(connection, self._home, document, self._clock(), "", "")
            showing.settle(connection, document)
        return True

    def _joined(self, branches: Branches, kind: str, document_id: str) -> Document | None:
        heads = branches.heads
        # What was written here and not sent is part of it: that goes first.
        if len(heads) < 2 or branches.unsent:
            return None
        made = Document(
            organisation=self._home.organisation.id,
            kind=kind,
            id=document_id,
            mutation="",
            body=max(heads, key=lambda one: one.mutation).body,
            # Taken away on every side: nothing is in dispute.
            deleted=all(one.deleted for one in heads),
            **envelope(heads),
        )
        if not made.deleted:
            body = self._body(branches, kind)
            if body is None:
                return None
            made = with_body(made, body)
        named = [JoinedVersion(mutation=one.mutation) for one in heads]
        made = replace(made, mutation=mutation_of(named, made.body))
        return None if made.mutation in branches.by_mutation else made

    def _body(self, branches: Branches, kind: str) -> str | None:
        heads = branches.heads
        if any(one.content is None for one in heads):
            return None
        leaves = branches.leaves(heads)
        whole = [one for one in heads if branches.leaves([one]) == leaves]
        if whole:
            # Joined before, perhaps by programs that do it otherwise: one of them is taken, never a new one.
            return max(whole, key=lambda one: one.mutation).body
        contents = Contents(self._home, self._library())
        outcome = contents.merged(branches, leaves)
        if outcome is None or outcome.differences:
            return None
        try:
            joined = Joined(versions=tuple(one.told for one in leaves))
            return contents.closed(kind, outcome.body, joined, heads)
        except ValueError:
            # Nothing of its kind by this program's measure: it keeps nothing else waiting.
            return None

    def _bring_to_light(self) -> None:
        """What one side took away and another kept is shown, or nobody would find it to settle it."""
        with self._database.read() as connection:
            hidden = connection.execute(_HIDDEN).scalars().all()
        for record_id in hidden:
            with self._database.write() as connection:
                branches = Branches(connection, record_id)
                living = [one for one in branches.heads if not one.deleted]
                if living and not branches.unsent:
                    newest = max(living, key=lambda one: one.revision)
                    showing.show_again(connection, self._home, record_id, newest)
