"""What devices saved, kept beside them by a model that knows nothing of how hub and devices work."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from intake_app.documents import Kind
from tests.proving.computers import TOKEN, Computer

_FRESH = (
    "SELECT seq, mutation, document, kind, organisation, sha256, parents, body, device FROM version"
    " WHERE seq > ? ORDER BY seq"
)
_JOINED = (
    "SELECT mutation FROM version WHERE document = ? AND revision IN (SELECT value FROM json_each(?))"
    " ORDER BY mutation"
)


@dataclass(frozen=True)
class Saved:
    """A version that a store has acknowledged.

    ``parents`` are the mutations that its writer had before them, ``details`` the person and the equality
    answers of a record, ``erases`` what an erasure names.
    """

    organisation: str
    kind: str
    document: str
    mutation: str
    sha256: str
    parents: tuple[str, ...]
    details: frozenset[str] = frozenset()
    erases: tuple[str, ...] = ()

    def rehomed(self, organisation: str, sha256: str) -> "Saved":
        """Given to the organisation that its computer joined; a person is sealed anew."""
        return replace(self, organisation=organisation, sha256=sha256)


@dataclass
class Model:
    """``lost``: what went down with a computer's disk after its last backup and before it was sent.

    ``tokens`` are the words once typed for a document, drafts included.
    """

    saved: dict[str, Saved] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    tokens: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take_note(self, computer: Computer, before: dict[str, str], edited_from: Mapping[str, str]) -> None:
        """Of what this computer saved in its last act.

        ``before`` is what was shown, ``edited_from`` what drafts were begun from: mutations by document.
        """
        for row in computer.rows(_FRESH, computer.seen):
            computer.seen = row.seq
            # Two sides that the program joined by itself are nobody's, and the same wherever it is done.
            made_here = row.device in computer.devices or (not row.device and row.parents != "[]")
            if not made_here or row.mutation in self.saved:
                continue
            parents = self._parents(computer, row, before, edited_from)
            self.saved[row.mutation] = _saved(row, parents)
            self.tokens[row.document] |= set(TOKEN.findall(row.body))
            before[row.document] = row.mutation

    def _parents(
        self, computer: Computer, row: Any, before: Mapping[str, str], edited_from: Mapping[str, str]
    ) -> tuple[str, ...]:
        if row.parents != "[]":
            # Two sides of a conflict joined, by the program or by a person.
            return tuple(one.mutation for one in computer.rows(_JOINED, row.document, row.parents))
        based_on = edited_from.get(row.document, "") if row.kind == Kind.RECORD else ""
        earlier = based_on if based_on in self.saved else before.get(row.document, "")
        return (earlier,) if earlier else ()

    def heads(self, present: set[str]) -> dict[str, set[str]]:
        """By document, those of the present versions that nobody had before them when writing another."""
        replaced = {parent for name in present for parent in self.saved[name].parents}
        found: dict[str, set[str]] = defaultdict(set)
        for name in present - replaced:
            found[self.saved[name].document].add(name)
        return found

    def erased(self, present: set[str]) -> set[str]:
        """What must be gone: each record that a present erasure names, with every person it ever told of."""
        named = {document for name in present for document in self.saved[name].erases}
        details = {one for saved in self.saved.values() if saved.document in named for one in saved.details}
        return named | details


def _saved(row: Any, parents: tuple[str, ...]) -> Saved:
    values = json.loads(row.body) if row.kind in (Kind.RECORD, Kind.ERASURE) else {}
    details = frozenset({values.get("person", ""), values.get("equality", "")} - {""})
    erases = tuple(values.get("erases", ()))
    saved = row.organisation, row.kind, row.document, row.mutation, row.sha256
    return Saved(*saved, parents, details, erases)
