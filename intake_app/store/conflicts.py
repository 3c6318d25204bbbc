"""Versions of one record for a person to settle: what differs, decisions so far, and what comes of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_app.documents import Document, Kind
from intake_app.errors import NotSettled, RecordMissing
from intake_app.forms.library import Library
from intake_app.merging.decisions import Choice, NothingLeft, complete, decided, decision, joined_record
from intake_app.merging.differences import Difference, Merged, Why
from intake_app.merging.slots import MISSING, Json, Path
from intake_app.records import Decided, Joined, Record
from intake_app.store import showing
from intake_app.store.branches import Branch, Branches, envelope
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.joining import body_of, merged
from intake_app.store.names import name_of
from intake_app.store.tables import SETTLING, STAFF
from intake_app.times import Clock, IdMaker, Instant

WHOLE: Path = ("record",)
"""The place of a difference about the record itself: one version took it away."""

Blocked = Literal["", "unsent", "newer", "parts"]

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
    """``merged`` is None where ``blocked`` says why nobody can settle it here and now.

    ``unsent``: changes made here go to the hub first · ``newer``: a newer program wrote one of the versions ·
    ``parts``: their parts cannot be told apart.
    """

    record_id: str
    sides: tuple[Side, ...]
    merged: Merged | None
    record: Record | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    blocked: Blocked = ""

    @property
    def differences(self) -> tuple[Difference, ...]:
        return () if self.merged is None else self.merged.differences

    @property
    def settled(self) -> int:
        """How many differences are decided."""
        return sum(one.key in self.choices for one in self.differences)


class ConflictStore:
    def __init__(self, database: Database, home: Home, clock: Clock, ids: IdMaker) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._ids = ids

    def open(self, record_id: str, library: Library) -> Conflict | None:
        """What there is to settle, with the decisions so far; None where the record has one version.

        Raises RecordMissing.
        """
        with self._database.read() as connection:
            branches = self._branches(connection, record_id)
            return self._conflict(connection, record_id, branches, library)

    def keep(self, conflict: Conflict, choices: Mapping[str, Choice]) -> None:
        """Durable when this returns: whoever leaves in the middle goes on from here."""
        names = [one.mutation for one in conflict.sides]
        kept = {
            key: {"how": one.how.value, "version": names[one.side], "text": one.text}
            for key, one in choices.items()
        }
        row = {
            "document": conflict.record_id,
            "versions": json.dumps(names),
            "decisions": json.dumps(kept, ensure_ascii=False),
            "updated_ms": self._clock().utc_ms,
        }
        with self._database.write() as connection:
            connection.execute(_KEEP, row)

    def settle(self, conflict: Conflict, choices: Mapping[str, Choice], library: Library, by: str) -> None:
        """A version with all the decisions, and who made them, in place of those that it joins.

        Raises NotSettled: ``open`` while a difference is undecided, ``nothing_left`` where a record without
        any item would come of it, ``moved`` where other versions are here by now; then nothing has changed.
        """
        record_id = conflict.record_id
        whole = conflict.merged
        if whole is None or not complete(whole, choices):
            raise NotSettled(id=record_id, reason="open")
        with self._database.read() as connection:
            branches = self._branches(connection, record_id)
        names = [one.mutation for one in conflict.sides]
        if branches.unsent or [one.mutation for one in branches.leaves(branches.heads)] != names:
            raise NotSettled(id=record_id, reason="moved")
        document = self._document(conflict, whole, choices, branches, library, by)
        with self._database.write() as connection:
            now = self._branches(connection, record_id)
            if now.unsent or now.heads != branches.heads:
                raise NotSettled(id=record_id, reason="moved")
            showing.add(connection, self._home, document, self._clock(), by, self._home.device)
            showing.settle(connection, document)
            connection.execute(_FORGET, {"of": record_id})

    def _document(
        self,
        conflict: Conflict,
        whole: Merged,
        choices: Mapping[str, Choice],
        branches: Branches,
        library: Library,
        by: str,
    ) -> Document:
        leaves = branches.leaves(branches.heads)
        made = Document(
            organisation=self._home.organisation.id,
            kind=Kind.RECORD,
            id=conflict.record_id,
            mutation=self._ids(),
            body="",
            **envelope(branches.heads),
        )
        about_it = next((choices[one.key] for one in whole.differences if one.path == WHOLE), None)
        if about_it is not None and about_it.how is Decided.SIDE and leaves[about_it.side].deleted:
            return replace(made, body=leaves[about_it.side].body, deleted=True)
        at = self._clock()
        names = [one.mutation for one in leaves]
        joined = Joined(
            versions=tuple(one.told for one in leaves),
            by=by,
            at=at,
            decisions=tuple(decision(one, choices[one.key], names) for one in whole.differences),
        )
        places = tuple(one for one in whole.differences if one.path != WHOLE)
        try:
            body = decided(Merged(whole.body, places, whole.order), choices)
        except NothingLeft as error:
            raise NotSettled(id=conflict.record_id, reason="nothing_left") from error
        record = joined_record(body, joined, library)
        return replace(made, body=record.model_copy(update={"edited": at, "edited_by": by}).to_json())

    def _branches(self, connection: Connection, record_id: str) -> Branches:
        branches = Branches(connection, record_id)
        if not branches.by_mutation:
            raise RecordMissing(id=record_id)
        return branches

    def _conflict(
        self, connection: Connection, record_id: str, branches: Branches, library: Library
    ) -> Conflict | None:
        heads = branches.heads
        if len(heads) < 2:
            return None
        leaves = branches.leaves(heads)
        here = set(connection.execute(_HERE).scalars())
        sides = tuple(_side(connection, one, here) for one in leaves)
        if branches.unsent:
            return Conflict(record_id, sides, None, blocked="unsent")
        living = [one for one in leaves if not one.deleted]
        if any(one.record is None for one in living):
            return Conflict(record_id, sides, None, blocked="newer")
        outcome = _with_removed(branches, leaves, living, library)
        if outcome is None:
            return Conflict(record_id, sides, None, blocked="parts")
        record = living[-1].record if living else None
        choices = self._kept(connection, record_id, sides, outcome)
        return Conflict(record_id, sides, outcome, record, choices)

    def _kept(
        self, connection: Connection, record_id: str, sides: Sequence[Side], outcome: Merged
    ) -> dict[str, Choice]:
        row = connection.execute(_KEPT, {"of": record_id}).one_or_none()
        if row is None:
            return {}
        earlier, names = set(json.loads(row.versions)), [one.mutation for one in sides]
        kept: Mapping[str, Any] = json.loads(row.decisions)
        found = {}
        for one in outcome.differences:
            values = kept.get(one.key)
            if values is None or values["version"] not in names or _is_news(one, names, earlier):
                continue
            found[one.key] = Choice(
                Decided(values["how"]), names.index(values["version"]), str(values["text"])
            )
        return found


def _with_removed(
    branches: Branches, leaves: Sequence[Branch], living: Sequence[Branch], library: Library
) -> Merged | None:
    """The living versions joined; where others took the record away, that is asked before everything else."""
    outcome = merged(branches, living, library) if living else Merged({})
    if outcome is None or len(living) == len(leaves):
        return outcome
    base = branches.base(leaves)
    there: Sequence[Any] = [MISSING if one.deleted else body_of(one) for one in leaves]
    before: Json | None = None if base is None else body_of(base)
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
    at = told.at or Instant(one.saved_ms)
    return Side(one.mutation, told.by, name_of(connection, told.by), at, told.by in here, one.deleted)
