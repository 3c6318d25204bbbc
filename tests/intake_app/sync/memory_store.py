"""A store for rounds that lives in memory; it passes the same contract as the encrypted one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake_app.documents import Document, Pulled, Receipt


@dataclass
class Entry:
    document: Document
    attempted: bool = False


@dataclass
class Kept:
    """A version here; ``revision`` is 0 until the hub has given one."""

    document: Document
    revision: int = 0
    parents: tuple[int, ...] = ()


@dataclass
class MemoryStore:
    versions: dict[str, Kept] = field(default_factory=dict)
    outbox: dict[str, Entry] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    refused: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    rounds: int = 0
    _cursor: int = 0
    _scope: str = ""
    _backfill_scope: str = ""
    _backfill_cursor: int = 0
    _brought: set[str] = field(default_factory=set)

    def save(self, document: Document) -> None:
        """What a person's Finish does."""
        self.versions[document.mutation] = Kept(document)
        self.outbox[document.mutation] = Entry(document)

    def pending(self, max_documents: int, max_bytes: int, beyond: int = 0) -> Sequence[Entry]:
        chosen: list[Entry] = []
        size = 0
        for entry in sorted(self.outbox.values(), key=lambda one: not one.attempted)[beyond:]:
            size += len(entry.document.body.encode("utf-8", "surrogatepass"))
            if chosen and (len(chosen) == max_documents or size > max_bytes):
                break
            chosen.append(entry)
        return [Entry(one.document, one.attempted) for one in chosen]

    def mark_attempted(self, mutations: Sequence[str]) -> None:
        for mutation in mutations:
            self.outbox[mutation].attempted = True

    def accept_receipts(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            self.outbox.pop(receipt.mutation, None)
            self.refused.pop(receipt.mutation, None)
            kept = self.versions.get(receipt.mutation)
            if kept is not None:
                self.receipts[receipt.mutation] = receipt
                kept.revision = receipt.revision
                kept.parents = kept.parents or self._parents(kept.document)

    def quarantine(self, mutation: str, reason: str, details: Mapping[str, Any]) -> None:
        self.outbox.pop(mutation, None)
        self.refused[mutation] = (reason, dict(details))

    def cursor(self) -> int:
        return self._cursor

    def scope(self) -> str:
        return self._scope

    def prepare(self, documents: Sequence[Pulled]) -> Sequence[Pulled]:
        return documents

    def apply_prepared(self, page: Sequence[Pulled], cursor: int, scope: str) -> None:
        for pulled in page:
            self.versions[pulled.document.mutation] = Kept(pulled.document, pulled.revision, pulled.parents)
            self.outbox.pop(pulled.document.mutation, None)
        if self._backfill_scope:
            self._brought |= {pulled.document.id for pulled in page}
            self._backfill_cursor = cursor
        else:
            self._cursor, self._scope = cursor, scope

    def begin_backfill(self, scope: str) -> None:
        self._backfill_scope, self._backfill_cursor, self._brought = scope, 0, set()

    def backfill_scope(self) -> str:
        return self._backfill_scope

    def backfill_cursor(self) -> int:
        return self._backfill_cursor

    def finish_backfill(self) -> None:
        waiting = {entry.document.id for entry in self.outbox.values()}
        waiting |= {self.versions[mutation].document.id for mutation in self.refused}
        self.versions = {
            mutation: kept
            for mutation, kept in self.versions.items()
            if kept.document.id in self._brought | waiting
        }
        self._cursor, self._scope = self._backfill_cursor, self._backfill_scope
        self._backfill_scope, self._backfill_cursor, self._brought = "", 0, set()

    def join(self) -> int:
        """It cannot read what it keeps, so every sibling waits for a person."""
        return 0

    def note_round(self) -> None:
        self.rounds += 1

    def heads(self, document: str = "") -> dict[str, dict[int, str]]:
        """By document: revision and body hash of every version that nothing here replaces."""
        found: dict[str, dict[int, str]] = {}
        replaced: dict[str, set[int]] = {}
        for kept in self.versions.values():
            if kept.revision:
                found.setdefault(kept.document.id, {})[kept.revision] = kept.document.sha256
                replaced.setdefault(kept.document.id, set()).update(kept.parents)
        return {
            name: {revision: sha for revision, sha in revisions.items() if revision not in replaced[name]}
            for name, revisions in found.items()
            if not document or name == document
        }

    def latest(self, document: str) -> Kept:
        """The newest version here, as an editor would open it."""
        mine = [kept for kept in self.versions.values() if kept.document.id == document]
        return mine[-1] if not mine[-1].revision else max(mine, key=lambda kept: kept.revision)

    def _parents(self, document: Document) -> tuple[int, ...]:
        if document.parents:
            return document.parents
        earlier = self.versions.get(document.after)
        if earlier is not None and earlier.revision:
            return (earlier.revision,)
        return (document.base,) if document.base else ()
