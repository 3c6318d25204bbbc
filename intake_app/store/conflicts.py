"""Versions for a person to settle: what differs, decisions so far, and what comes of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_app.documents import Document, Kind
from intake_app.errors import NotSettled, RecordMissing
from intake_app.forms.library import Library
from intake_app.merging.decisions import Choice, NothingLeft, decided, decision
from intake_app.merging.differences import Difference, Merged, Why
from intake_app.merging.slots import MISSING, Json, Path
from intake_app.records import Decided, Joined, Record, Sheet
from intake_app.store import seal, showing, versions
from intake_app.store.branches import Branch, Branches, content_of, envelope, with_body
from intake_app.store.contents import Contents
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.names import name_of
from intake_app.store.people import PeopleStore
from intake_app.store.tables import SETTLING, STAFF
from intake_app.times import Clock, IdMaker, Instant

WHOLE: Path = ("record",)
"""The place of a difference about the record itself: one version took it away."""

Blocked = Literal["", "sealed", "unsent", "newer", "parts"]

_KEEP = insert(SETTLING).prefix_with("OR REPLACE")
_KEPT = select(SETTLING).where(SETTLING.c.document == bindparam("of"))
_FORGET = delete(SETTLING).where(SETTLING.c.document == bindparam("of"))
_HERE = select(STAFF.c.id)


@dataclass(frozen=True, slots=True)
class Side:
    """One version: who wrote it and when. ``mine``: somebody who writes on this computer did."""

    mutation: str
    by: str
    name: str
    at: Instant | None
    mine: bool
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Of one document of a record: the record itself, its person or its equality answers (``kind``).

    ``about`` is what the differences are read with: the record, or the sheet of the details. ``merged`` is
    None where ``blocked`` says why nobody can settle it here and now. ``sealed``: details are opened with a
    reason only · ``unsent``: changes made here go to the hub first · ``newer``: a newer program wrote one of
    the versions · ``parts``: their parts cannot be told apart.
    """

    record_id: str
    sides: tuple[Side, ...]
    # Not in the printed form: it may be what a person said of themselves.
    merged: Merged | None = field(repr=False)
    about: Record | Sheet | None = field(default=None, repr=False)
    choices: Mapping[str, Choice] = field(default_factory=dict, repr=False)
    blocked: Blocked = ""
    kind: str = Kind.RECORD
    document: str = ""

    @property
    def differences(self) -> tuple[Difference, ...]:
        return () if self.merged is None else self.merged.differences

    def undecided(self, choices: Mapping[str, Choice]) -> tuple[int, ...]:
        """Which differences are open; none where the record stays away."""
        if self.stays_away(choices):
            return ()
        return tuple(place for place, one in enumerate(self.differences) if one.key not in choices)

    def stays_away(self, choices: Mapping[str, Choice]) -> bool:
        """One side took the record away, and so it was decided: then nothing else of it matters."""
        about_it = next((choices.get(one.key) for one in self.differences if one.path == WHOLE), None)
        return about_it is not None and about_it.how is Decided.SIDE and self.sides[about_it.side].removed


class ConflictStore:
    def __init__(
        self, database: Database, home: Home, clock: Clock, ids: IdMaker, people: PeopleStore
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids
        self._people = people

    def open(self, record_id: str, library: Library) -> Conflict | None:
        """What there is to settle, with the decisions so far; None where everything has one version.

        The record comes first, then its details, still ``sealed``; what cannot be settled here and now stands
        back. Raises RecordMissing.
        """
        with self._database.read() as connection:
            found = [
                one
                for kind, document in _documents(connection, record_id)
                if (one := self._conflict(connection, record_id, kind, document, library)) is not None
            ]
        return min(found, key=lambda one: one.blocked not in ("", "sealed"), default=None)

    def open_details(self, sealed: Conflict, library: Library, reason: str, by: str = "") -> Conflict | None:
        """Opens it once the audit entry is on disk; None where it was settled meanwhile."""
        with self._database.write() as connection:
            self._people.note_opening(connection, sealed.kind, sealed.document, reason, by)
        with self._database.read() as connection:
            of = sealed.record_id, sealed.kind, sealed.document
            return self._conflict(connection, *of, library, opened=True)

    def keep(self, conflict: Conflict, choices: Mapping[str, Choice]) -> None:
        """Durable when this returns: whoever leaves in the middle goes on from here."""
        names = [one.mutation for one in conflict.sides]
        kept = {
            key: {"how": one.how.value, "version": names[one.side], "text": one.text}
            for key, one in choices.items()
        }
        decisions = json.dumps(kept, ensure_ascii=False)
        if conflict.kind != Kind.RECORD:
            decisions = seal.seal_text(decisions, self._home.local_key, conflict.document)
        row = {
            "document": conflict.document,
            "versions": json.dumps(names),
            "decisions": decisions,
            "updated_ms": self._clock().utc_ms,
        }
        with self._database.write() as connection:
            connection.execute(_KEEP, row)

    def settle(self, conflict: Conflict, choices: Mapping[str, Choice], library: Library, by: str) -> None:
        """A version with all the decisions, and who made them, in place of those that it joins.

        Raises NotSettled: ``open`` while a difference is undecided, ``nothing_left`` where a record without
        any item would come of it, ``moved`` where other versions are here by now; then nothing has changed.
        """
        of, kind = conflict.document, conflict.kind
        whole = conflict.merged
        if whole is None or conflict.undecided(choices):
            raise NotSettled(id=conflict.record_id, reason="open")
        with self._database.read() as connection:
            branches = Branches(connection, of, kind)
        names = [one.mutation for one in conflict.sides]
        if branches.unsent or [one.mutation for one in branches.leaves(branches.heads)] != names:
            raise NotSettled(id=conflict.record_id, reason="moved")
        document = self._document(conflict, whole, choices, branches, Contents(self._home, library), by)
        with self._database.write() as connection:
            now = Branches(connection, of, kind)
            if now.unsent or now.heads != branches.heads:
                raise NotSettled(id=conflict.record_id, reason="moved")
            showing.add(connection, self._home, document, self._clock(), by, self._home.device)
            showing.settle(connection, document)
            connection.execute(_FORGET, {"of": of})

    def _document(
        self,
        conflict: Conflict,
        whole: Merged,
        choices: Mapping[str, Choice],
        branches: Branches,
        contents: Contents,
        by: str,
    ) -> Document:
        leaves = branches.leaves(branches.heads)
        made = Document(
            organisation=self._home.organisation.id,
            kind=conflict.kind,
            id=conflict.document,
            mutation=self._ids(),
            body=next((one.body for one in leaves if one.deleted), ""),
            **envelope(branches.heads),
        )
        if conflict.stays_away(choices):
            return replace(made, deleted=True)
        names = [one.mutation for one in leaves]
        joined = Joined(
            versions=tuple(one.told for one in leaves),
            by=by,
            at=self._clock(),
            decisions=tuple(decision(one, choices[one.key], names) for one in whole.differences),
        )
        places = tuple(one for one in whole.differences if one.path != WHOLE)
        try:
            body = decided(Merged(whole.body, places, whole.order), choices)
        except NothingLeft as error:
            raise NotSettled(id=conflict.record_id, reason="nothing_left") from error
        return with_body(made, contents.closed(conflict.kind, body, joined, branches.heads))

    def _conflict(
        self,
        connection: Connection,
        record_id: str,
        kind: str,
        document: str,
        library: Library,
        opened: bool = False,
    ) -> Conflict | None:
        branches = Branches(connection, document, kind)
        heads = branches.heads
        if len(heads) < 2:
            return None
        leaves = branches.leaves(heads)
        here = set(connection.execute(_HERE).scalars())
        sides = tuple(_side(connection, one, here) for one in leaves)
        closed = Conflict(record_id, sides, None, kind=kind, document=document)
        living = [one for one in leaves if not one.deleted]
        if branches.unsent:
            return replace(closed, blocked="unsent")
        if any(one.content is None for one in living):
            return replace(closed, blocked="newer")
        if kind != Kind.RECORD and not opened:
            return replace(closed, blocked="sealed")
        contents = Contents(self._home, library)
        outcome = _with_removed(branches, leaves, living, contents)
        if outcome is None or (kind != Kind.RECORD and len(living) < len(leaves)):
            return replace(closed, blocked="parts")
        about: Record | Sheet | None = living[-1].record if living else None
        if kind != Kind.RECORD:
            about = contents.sheet(kind, outcome.body)
        choices = self._kept(connection, document, kind, sides, outcome)
        return replace(closed, merged=outcome, about=about, choices=choices)

    def _kept(
        self, connection: Connection, document: str, kind: str, sides: Sequence[Side], outcome: Merged
    ) -> dict[str, Choice]:
        row = connection.execute(_KEPT, {"of": document}).one_or_none()
        if row is None:
            return {}
        earlier, names = set(json.loads(row.versions)), [one.mutation for one in sides]
        text = str(row.decisions)
        if kind != Kind.RECORD:
            text = seal.unseal_text(text, self._home.local_key, document)
        kept: Mapping[str, Any] = json.loads(text)
        found = {}
        for one in outcome.differences:
            values = kept.get(one.key)
            if values is None or values["version"] not in names or _is_news(one, names, earlier):
                continue
            found[one.key] = Choice(
                Decided(values["how"]), names.index(values["version"]), str(values["text"])
            )
        return found


def _documents(connection: Connection, record_id: str) -> list[tuple[str, str]]:
    """The record and what is kept apart from it, as kinds and ids. Raises RecordMissing."""
    shown = versions.shown_body(connection, record_id, Kind.RECORD)
    if shown is None:
        raise RecordMissing(id=record_id)
    record = content_of(Kind.RECORD, shown[0], record_id)
    apart = []
    if isinstance(record, Record):
        apart = [(Kind.PERSON.value, record.person), (Kind.EQUALITY.value, record.equality)]
    return [(Kind.RECORD.value, record_id), *((kind, one) for kind, one in apart if one)]


def _with_removed(
    branches: Branches, leaves: Sequence[Branch], living: Sequence[Branch], contents: Contents
) -> Merged | None:
    """The living versions joined; where others took the record away, that is asked before everything else."""
    outcome = contents.merged(branches, living) if living else Merged({})
    if outcome is None or len(living) == len(leaves):
        return outcome
    base = branches.base(leaves)
    there: Sequence[Any] = [MISSING if one.deleted else contents.opened(one) for one in leaves]
    before: Json | None = None if base is None else contents.opened(base)
    asked = Difference(WHOLE, Why.REMOVED, MISSING if before is None else before, tuple(there))
    # The other differences speak of the living versions alone, so each gets its place among all of them.
    places = [index for index, one in enumerate(leaves) if not one.deleted]
    spread = []
    for one in outcome.differences:
        values: list[Any] = [MISSING] * len(leaves)
        for place, value in zip(places, one.sides, strict=True):
            values[place] = value
        spread.append(Difference(one.path, one.why, one.before, tuple(values)))
    return Merged(outcome.body, (asked, *spread), outcome.order)


def _is_news(difference: Difference, names: Sequence[str], earlier: set[str]) -> bool:
    """A version that came after the decision says something here that whoever decided did not see."""
    seen = [one for one, name in zip(difference.sides, names, strict=True) if name in earlier]
    fresh = [one for one, name in zip(difference.sides, names, strict=True) if name not in earlier]
    return any(one != difference.before and one not in seen for one in fresh)


def _side(connection: Connection, one: Branch, here: set[str]) -> Side:
    told = one.told
    # What was taken away names nobody, but who did it here is known.
    at, by = told.at or Instant(one.saved_ms), told.by or one.saved_by
    return Side(one.mutation, by, name_of(connection, by), at, by in here, one.deleted)
