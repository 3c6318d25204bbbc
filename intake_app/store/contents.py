"""What versions say, as places that can be joined; details are taken out of their seal and put back.

The program opens them to join them, and nobody sees them: who looks goes through ``people.note_opening``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.documents import Kind
from intake_app.errors import StoreDamaged
from intake_app.forms.library import Library
from intake_app.forms.validation import settle
from intake_app.merging.decisions import joined_record
from intake_app.merging.differences import Merged
from intake_app.merging.relevance import merge_by_questions
from intake_app.merging.slots import FRAME, Json
from intake_app.people import EqualityAnswers, PersonDetails, SealedPerson
from intake_app.records import Joined, Record, Sheet
from intake_app.store import seal
from intake_app.store.branches import Branch, Branches
from intake_app.store.home import Home


@dataclass(frozen=True, slots=True)
class Contents:
    home: Home
    library: Library

    def merged(self, branches: Branches, leaves: Sequence[Branch]) -> Merged | None:
        """The leaves joined as far as may be; None where a body cannot be read or compared."""
        bodies = [self.opened(one) for one in leaves]
        base = branches.base(leaves)
        readable = [one for one in bodies if one is not None]
        if not readable or len(readable) < len(bodies):
            return None
        try:
            return merge_by_questions(None if base is None else self.opened(base), readable, self.library)
        except ValueError:
            return None

    def opened(self, branch: Branch) -> Json | None:
        """The body as this program would write it, so that what only looks different is the same.

        Details are one sheet, compared answer by answer. None for what cannot be read or opened here.
        """
        content = branch.content
        if content is None:
            return None
        if isinstance(content, Record):
            return dict(json.loads(content.to_json()))
        try:
            told = self._unsealed(content) if isinstance(content, SealedPerson) else content.bare
        except (ValueError, StoreDamaged):
            return None
        return {FRAME: json.loads(told.to_json())}

    def sheet(self, kind: str, body: Json) -> Sheet:
        """The details of a joined body. Raises ValueError."""
        found: Sheet = _SHEETS[kind].model_validate(body[FRAME])
        question_set = self.library.get(found.question_set)
        return found if question_set is None else settle(question_set, found)

    def closed(self, kind: str, body: Json, joined: Joined, heads: Sequence[Branch]) -> str:
        """A joined body as it travels. Without somebody who decided, it is the same on every computer.

        Raises ValueError for what is no such document by this program's measure.
        """
        if kind == Kind.RECORD:
            record = joined_record(body, joined, self.library)
            if joined.at is not None:
                record = record.model_copy(update={"edited": joined.at, "edited_by": joined.by})
            return record.to_json()
        known = [one.content for one in heads]
        made = [one.made for one in known if not (one is None or isinstance(one, Record)) and one.made]
        written = {"made": joined.at or max(made, default=None), "by": joined.by, "joined": joined}
        details = self.sheet(kind, body)
        if isinstance(details, PersonDetails):
            person = seal.seal(details, self.home.organisation_key, None)
            return person.model_copy(update=written).to_json()
        records = [one.record for one in known if isinstance(one, EqualityAnswers)]
        return details.model_copy(update=written | {"record": max(records, default="")}).to_json()

    def _unsealed(self, person: SealedPerson) -> PersonDetails:
        return seal.unseal_with(person, self.home.keys)


_SHEETS: dict[str, type[PersonDetails | EqualityAnswers]] = {
    Kind.PERSON: PersonDetails,
    Kind.EQUALITY: EqualityAnswers,
}
