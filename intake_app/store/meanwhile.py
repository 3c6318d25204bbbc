"""What came for a record that is open to be changed: told and offered, never put into the open editor."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from intake_app.documents import Kind
from intake_app.drafting import Draft
from intake_app.forms.library import Library
from intake_app.merging.relevance import merge_by_questions
from intake_app.merging.slots import Json
from intake_app.records import Record
from intake_app.store import versions
from intake_app.store.branches import Branches
from intake_app.store.database import Database
from intake_app.store.names import name_of
from intake_app.times import Instant


@dataclass(frozen=True, slots=True)
class Newer:
    """The version that came: ``name`` is empty where nobody here knows who wrote it."""

    mutation: str
    name: str
    at: Instant | None


class Meanwhile:
    def __init__(self, database: Database) -> None:
        self._database = database

    def newer(self, draft: Draft) -> Newer | None:
        """What is shown now in place of the version that the draft began with; None while it is the same."""
        with self._database.read() as connection:
            tip = versions.shown(connection, draft.id, Kind.RECORD) if draft.based_on else None
            if tip is None or tip.mutation == draft.based_on:
                return None
            told = Branches(connection, draft.id).by_mutation[tip.mutation].told
            return Newer(tip.mutation, name_of(connection, told.by), told.at)

    def take_in(self, draft: Draft, library: Library) -> Draft | None:
        """The draft with what came; it goes on from there. None where both changed the same, or nothing came.

        Then the draft stays as it is: finishing it keeps both versions, and a person settles them.
        """
        with self._database.read() as connection:
            found = versions.shown_body(connection, draft.id, Kind.RECORD)
            before = self._body(connection, draft)
        if found is None or before is None or found[1] == draft.based_on:
            return None
        try:
            theirs = _plain(Record.parse(found[0]))
            merged = merge_by_questions(before, [_plain(draft.record), theirs], library)
        except ValueError:
            return None
        if merged.differences:
            return None
        record = Record.model_validate(merged.body)
        return draft.model_copy(update={"record": record, "based_on": found[1]})

    def _body(self, connection: Connection, draft: Draft) -> Json | None:
        base = Branches(connection, draft.id).by_mutation.get(draft.based_on)
        return None if base is None or base.record is None else _plain(base.record)


def _plain(record: Record) -> Json:
    return dict(json.loads(record.to_json()))
