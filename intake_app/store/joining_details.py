"""Joins versions of a person's details where different answers were changed.

They are opened by the program alone, for joining, and sealed again: nobody sees them, so nothing is audited.
The same answer changed to different ones is left as it is: both versions are kept.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Row, bindparam, insert, select

from intake_app.documents import Document, Kind
from intake_app.errors import StoreDamaged
from intake_app.forms.library import Library
from intake_app.forms.validation import settle
from intake_app.merging.decisions import mutation_of
from intake_app.merging.slots import FRAME, Json
from intake_app.merging.three_way import merge
from intake_app.people import PersonDetails, SealedPerson
from intake_app.records import JoinedVersion, Sheet
from intake_app.store import seal, showing, versions
from intake_app.store.branches import Branch, Branches, envelope
from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.people import PeopleStore
from intake_app.store.tables import DOCUMENT, TRIED, VERSION
from intake_app.times import Clock

_HEADS = (
    select(VERSION.c.document, VERSION.c.mutation)
    .join(DOCUMENT, (DOCUMENT.c.id == VERSION.c.document) & (DOCUMENT.c.kind == VERSION.c.kind))
    .where(
        DOCUMENT.c.conflict == 1,
        DOCUMENT.c.kind == Kind.PERSON,
        VERSION.c.head,
        VERSION.c.revision > 0,
    )
    .order_by(VERSION.c.document, VERSION.c.mutation)
)
_TRIED = select(TRIED.c.versions).where(TRIED.c.document == bindparam("of"))
_KEEP_TRIED = insert(TRIED).prefix_with("OR REPLACE")


class DetailsJoiner:
    def __init__(
        self,
        database: Database,
        home: Home,
        clock: Clock,
        people: PeopleStore,
        library: Callable[[], Library],
    ) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._people = people
        self._library = library

    def run(self) -> int:
        """One transaction a document; returns how many versions were made."""
        with self._database.read() as connection:
            heads: dict[str, list[str]] = defaultdict(list)
            for document, mutation in connection.execute(_HEADS).all():
                heads[document].append(mutation)
        return sum(self._join(document, names) for document, names in heads.items())

    def _join(self, document_id: str, names: Sequence[str]) -> bool:
        with self._database.write() as connection:
            if _was_tried(connection, document_id, names):
                return False
            branches = Branches(connection, document_id, Kind.PERSON)
            heads = branches.heads
            if len(heads) < 2 or branches.unsent:
                return False
            document = self._joined(document_id, branches, heads)
            if document is None or versions.by_mutation(connection, document.mutation) is not None:
                row = {"document": document_id, "versions": json.dumps(list(names))}
                connection.execute(_KEEP_TRIED, row)
                return False
            showing.add(connection, self._home, document, self._clock(), "", "")
            showing.settle(connection, document)
            self._people.put_tags(connection, [SealedPerson.parse(document.body)])
        return True

    def _joined(self, document_id: str, branches: Branches, heads: Sequence[Branch]) -> Document | None:
        base = branches.base(heads)
        try:
            sides = [self._opened(one) for one in heads]
            before = None if base is None else self._opened(base)
            details = _merged(before, sides, self._library())
        except (ValueError, StoreDamaged):
            # One that cannot be opened or compared keeps nothing else waiting.
            return None
        if details is None:
            return None
        body = self._closed(details, heads)
        named = [JoinedVersion(mutation=one.mutation) for one in heads]
        return Document(
            organisation=self._home.organisation.id,
            kind=Kind.PERSON,
            id=document_id,
            mutation=mutation_of(named, body),
            body=body,
            **envelope(heads),
        )

    def _opened(self, branch: Branch) -> PersonDetails:
        """Raises ValueError for what is taken away or cannot be read here, StoreDamaged for a wrong seal."""
        if branch.deleted:
            raise ValueError("deleted")
        return self._people.unseal(branch.body)

    def _closed(self, details: PersonDetails, heads: Sequence[Branch]) -> str:
        made = [one for head in heads if (one := SealedPerson.parse(head.body).made) is not None]
        return seal.seal(details, self._home.organisation_key, max(made, default=None)).to_json()


def _merged(
    before: PersonDetails | None, sides: Sequence[PersonDetails], library: Library
) -> PersonDetails | None:
    """None where the same answer differs, or where one side's answer decides whether another's applies."""
    merged = merge(None if before is None else _wrapped(before), [_wrapped(one) for one in sides])
    if merged.differences:
        return None
    found = PersonDetails.model_validate(merged.body[FRAME])
    question_set = library.get(found.question_set)
    if question_set is None:
        return None
    settled = settle(question_set, found)
    known: list[Sheet] = [*sides, *([before] if before is not None else [])]
    as_before = all(
        any(_applies(one, question) is answer.relevant for one in known if question in one.answers)
        for question, answer in settled.answers.items()
    )
    return settled if as_before else None


def _applies(sheet: Sheet, question: str) -> bool:
    return sheet.answers[question].relevant


def _wrapped(details: PersonDetails) -> Json:
    """As a body whose only sheet they are, so that they are compared answer by answer."""
    return {FRAME: json.loads(details.to_json())}


def _was_tried(connection: Connection, document_id: str, names: Sequence[str]) -> bool:
    found: Row[tuple[str]] | None = connection.execute(_TRIED, {"of": document_id}).one_or_none()
    return found is not None and found.versions == json.dumps(list(names))
