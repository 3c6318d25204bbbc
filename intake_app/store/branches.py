"""The versions of one document as branches: its ends, what they grew from, and what a program joined."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from intake_app.attaching import manifest_of
from intake_app.documents import FORMAT, Attachment, Audience, Document, Kind
from intake_app.people import EqualityAnswers, SealedPerson
from intake_app.records import Joined, JoinedVersion, Record
from intake_app.store.tables import OUTBOX, VERSION

Content = Record | SealedPerson | EqualityAnswers

_CONTENTS: dict[str, type[Content]] = {
    Kind.RECORD: Record,
    Kind.PERSON: SealedPerson,
    Kind.EQUALITY: EqualityAnswers,
}
_VERSIONS = (
    select(VERSION)
    .where(VERSION.c.document == bindparam("document"), VERSION.c.kind == bindparam("kind"))
    .order_by(VERSION.c.seq)
)
_AUDIENCES = [one.value for one in (Audience.OWN, Audience.TEAM, Audience.OFFICE, Audience.ORGANISATION)]
_UNSENT = select(OUTBOX.c.seq).where(OUTBOX.c.document == bindparam("document")).limit(1)


@dataclass(frozen=True, slots=True)
class Branch:
    """One version; ``parents`` are mutations.

    ``content`` is None for what was taken away, for a kind that is never joined, and where this program
    cannot read it. ``saved_by`` is known only of what was written here.
    """

    mutation: str
    revision: int
    parents: tuple[str, ...]
    head: bool
    deleted: bool
    saved_ms: int
    saved_by: str
    body: str
    content: Content | None
    audience: str
    attachments: tuple[Attachment, ...]
    extra: str

    @property
    def record(self) -> Record | None:
        return self.content if isinstance(self.content, Record) else None

    @property
    def joined(self) -> Joined | None:
        return None if self.content is None else self.content.joined

    @property
    def joined_by_program(self) -> bool:
        return self.joined is not None and not self.joined.by

    @property
    def told(self) -> JoinedVersion:
        """Who wrote it and when, as every computer tells it."""
        content = self.content
        if content is None:
            return JoinedVersion(mutation=self.mutation)
        if not isinstance(content, Record):
            return JoinedVersion(mutation=self.mutation, by=content.by, at=content.made)
        by, at = content.edited_by or content.written_by, content.edited or content.finished
        return JoinedVersion(mutation=self.mutation, by=by, at=at)


class Branches:
    """All versions here of one document.

    ``unsent``: one of them waits for the hub, or was refused.
    """

    def __init__(self, connection: Connection, document_id: str, kind: str = Kind.RECORD) -> None:
        rows = connection.execute(_VERSIONS, {"document": document_id, "kind": kind}).all()
        self.unsent = connection.execute(_UNSENT, {"document": document_id}).first() is not None
        by_revision = {row.revision: row.mutation for row in rows if row.revision}
        known = {row.mutation for row in rows}
        self.by_mutation = {row.mutation: _branch(row, by_revision, known) for row in rows}
        self._grown: dict[str, frozenset[str]] = {}

    @property
    def heads(self) -> list[Branch]:
        """What nothing on the hub replaces, in the order of their names: the same on every computer."""
        return sorted((one for one in self.by_mutation.values() if one.head), key=lambda one: one.mutation)

    def leaves(self, heads: Sequence[Branch]) -> list[Branch]:
        """What people wrote: a head that a program joined stands for the versions that it joined.

        One that another grew from is left out. In the order of their names.
        """
        found: dict[str, Branch] = {}
        waiting, seen = list(heads), {one.mutation for one in heads}
        while waiting:
            one = waiting.pop()
            parts = [part for part in self._parts(one) if part.mutation not in seen]
            seen |= {part.mutation for part in parts}
            if parts:
                waiting += parts
            else:
                found[one.mutation] = one
        grown = set().union(*(self._before(one) for one in found))
        return [found[one] for one in sorted(found) if one not in grown]

    def base(self, leaves: Sequence[Branch]) -> Branch | None:
        """The newest version that all of them grew from; None where it is not here."""
        shared = frozenset.intersection(*(self._before(one.mutation) for one in leaves))
        known = [self.by_mutation[one] for one in shared]
        return max(known, key=lambda one: (one.revision, one.mutation), default=None)

    def _parts(self, one: Branch) -> list[Branch]:
        if one.joined is None or not one.joined_by_program:
            return []
        names = [part.mutation for part in one.joined.versions]
        there = all(name in self.by_mutation and name != one.mutation for name in names)
        return [self.by_mutation[name] for name in names] if there else []

    def _before(self, mutation: str) -> frozenset[str]:
        """Every version that this one grew from."""
        if mutation not in self._grown:
            seen: set[str] = set()
            waiting = list(self.by_mutation[mutation].parents)
            while waiting:
                name = waiting.pop()
                if name not in seen and name != mutation:
                    seen.add(name)
                    waiting += self.by_mutation[name].parents
            self._grown[mutation] = frozenset(seen)
        return self._grown[mutation]


def envelope(heads: Sequence[Branch]) -> dict[str, Any]:
    """Of a version that joins these: the hub's numbers of its parents, and what travels beside the body.

    Who may receive it is the narrowest that any of them says.
    """
    parents = tuple(sorted(one.revision for one in heads))
    files = {(one.sha256, one.name): one for head in heads for one in head.attachments}
    said = [_AUDIENCES.index(head.audience) for head in heads if head.audience in _AUDIENCES]
    return {
        "base": max(parents, default=0),
        "parents": parents,
        "attachments": tuple(files[key] for key in sorted(files)),
        "audience": _AUDIENCES[min(said)] if said else Audience.ORGANISATION.value,
        "extra": max((head.extra for head in heads), default=""),
    }


def with_body(made: Document, body: str) -> Document:
    """The joined version with its body; of a record with the files that are left in it."""
    content = content_of(made.kind, body, made.id)
    files = manifest_of(content) if isinstance(content, Record) else made.attachments
    return replace(made, body=body, attachments=files)


def _branch(row: Row[Any], by_revision: dict[int, str], known: set[str]) -> Branch:
    if parents := json.loads(row.parents):
        names = [by_revision[one] for one in parents if one in by_revision]
    elif row.after in known:
        names = [row.after]
    else:
        names = [by_revision[row.base]] if row.base in by_revision else []
    return Branch(
        mutation=row.mutation,
        revision=row.revision,
        parents=tuple(names),
        head=bool(row.head and row.revision),
        deleted=row.deleted,
        saved_ms=row.saved_ms,
        saved_by=row.saved_by,
        body=row.body,
        audience=row.audience,
        attachments=tuple(Attachment(**one) for one in json.loads(row.attachments)),
        extra=row.extra,
        content=None if row.deleted or row.format > FORMAT else content_of(row.kind, row.body, row.document),
    )


def content_of(kind: str, body: str, document_id: str) -> Content | None:
    """None for another kind, and for a body that cannot be read or speaks of another document."""
    if kind not in _CONTENTS:
        return None
    try:
        content = _CONTENTS[kind].parse(body)
    except ValueError:
        return None
    return content if content.id == document_id else None
