"""The store in memory keeps the contract, so that tests which use it do not lie."""

import itertools

import pytest

from intake_app.documents import Document
from tests.intake_app.sync.memory_store import MemoryStore
from tests.intake_app.sync.sync_store_contract import SyncStoreContract

_numbers = itertools.count()


class TestMemoryStore(SyncStoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()

    def saved(self, store: MemoryStore) -> Document:
        number = next(_numbers)
        document = Document("organisation", "record", f"document-{number}", f"mutation-{number}", "{}")
        store.save(document)
        return document

    def ids(self, store: MemoryStore) -> set[str]:
        return {kept.document.id for kept in store.versions.values()}

    def quarantined(self, store: MemoryStore) -> dict[str, str]:
        return {mutation: reason for mutation, (reason, _details) in store.refused.items()}

    def record_body(self) -> str:
        return "{}"
