"""What every store must do for a round; run by the one in memory and by the encrypted one."""

from abc import ABC, abstractmethod

from intake_app.documents import Document, Pulled, Receipt
from intake_app.sync.engine import SyncStore
from intake_app.times import IdMaker, Instant

ORGANISATION = "01a20118-12f1-7ac6-b31f-a6919e938ccf"
AT = Instant.parse("2026-03-09T10:14:00Z")


class SyncStoreContract(ABC):
    """``store`` and ``saved`` are given by the subclass's fixtures."""

    @abstractmethod
    def saved(self, store: SyncStore) -> Document:
        """Saves one more record as a person would, and returns the version that waits for it."""

    @abstractmethod
    def ids(self, store: SyncStore) -> set[str]:
        """The documents that the store holds."""

    @abstractmethod
    def quarantined(self, store: SyncStore) -> dict[str, str]:
        """Mutation and reason of what the hub refused."""

    @abstractmethod
    def record_body(self) -> str:
        """The body of a record as another device would send it."""

    def received(
        self, store: SyncStore, revision: int, ids: IdMaker, document: Document | None = None
    ) -> Pulled:
        made = document or Document(ORGANISATION, "record", ids(), ids(), self.record_body())
        return Pulled(made, revision, (), True, AT, "another-device")

    def receipt(self, document: Document, revision: int, status: str = "accepted") -> Receipt:
        return Receipt(document.id, document.mutation, revision, document.sha256, AT, status, "7F3A21")

    def test_nothing_waits_at_first(self, store: SyncStore) -> None:
        assert not store.pending(500, 1_000_000)
        assert (store.cursor(), store.scope(), store.backfill_scope()) == (0, "", "")

    def test_saved_versions_wait_in_the_order_saved(self, store: SyncStore) -> None:
        saved = [self.saved(store).mutation for _ in range(4)]
        assert [one.document.mutation for one in store.pending(500, 1_000_000)] == saved
        assert [one.document.mutation for one in store.pending(2, 1_000_000)] == saved[:2]
        assert not any(one.attempted for one in store.pending(500, 1_000_000))

    def test_a_batch_holds_one_version_however_long_it_is(self, store: SyncStore) -> None:
        self.saved(store)
        self.saved(store)
        assert len(store.pending(500, 1)) == 1

    def test_attempted_versions_come_first_and_unchanged(self, store: SyncStore) -> None:
        first, second, third = (self.saved(store) for _ in range(3))
        before = {one.document.mutation: one.document for one in store.pending(500, 1_000_000)}
        store.mark_attempted([second.mutation])
        waiting = store.pending(500, 1_000_000)
        assert [one.document.mutation for one in waiting] == [second.mutation, first.mutation, third.mutation]
        assert [one.attempted for one in waiting] == [True, False, False]
        assert {one.document.mutation: one.document for one in waiting} == before

    def test_a_receipt_strikes_exactly_its_version_and_may_come_twice(self, store: SyncStore) -> None:
        first, second = self.saved(store), self.saved(store)
        for _ in range(2):
            store.accept_receipts([self.receipt(first, 1)])
            assert [one.document.mutation for one in store.pending(500, 1_000_000)] == [second.mutation]

    def test_a_refused_version_no_longer_waits_and_is_kept_aside(self, store: SyncStore) -> None:
        refused, other = self.saved(store), self.saved(store)
        store.quarantine(refused.mutation, "too_large", {"limit": 5})
        assert [one.document.mutation for one in store.pending(500, 1_000_000)] == [other.mutation]
        assert self.quarantined(store) == {refused.mutation: "too_large"}
        assert refused.id in self.ids(store)

    def test_a_page_and_its_cursor_are_kept_together_and_may_come_twice(self, store: SyncStore) -> None:
        ids = IdMaker(lambda: AT)
        page = [self.received(store, 4, ids), self.received(store, 6, ids)]
        for _ in range(2):
            store.apply_prepared(store.prepare(page), 7, "scope-1")
            assert (store.cursor(), store.scope()) == (7, "scope-1")
            assert self.ids(store) == {one.document.id for one in page}
        assert not store.pending(500, 1_000_000)

    def test_an_unknown_kind_is_kept(self, store: SyncStore) -> None:
        ids = IdMaker(lambda: AT)
        made = Document(ORGANISATION, "hologram", ids(), ids(), "not even JSON", extra='{"lane": 1}')
        store.apply_prepared(store.prepare([self.received(store, 1, ids, made)]), 1, "scope-1")
        assert made.id in self.ids(store)

    def test_a_backfill_drops_what_it_did_not_bring_but_nothing_that_waits(self, store: SyncStore) -> None:
        ids = IdMaker(lambda: AT)
        stays, goes = self.received(store, 1, ids), self.received(store, 2, ids)
        store.apply_prepared(store.prepare([stays, goes]), 2, "scope-1")
        waiting, refused = self.saved(store), self.saved(store)
        store.quarantine(refused.mutation, "hash", {})
        store.begin_backfill("scope-2")
        assert (store.backfill_scope(), store.backfill_cursor(), store.cursor()) == ("scope-2", 0, 2)
        store.apply_prepared(store.prepare([stays]), 1, "scope-2")
        assert (store.backfill_cursor(), store.cursor(), store.scope()) == (1, 2, "scope-1")
        assert goes.document.id in self.ids(store)
        store.apply_prepared(store.prepare([]), 2, "scope-2")
        store.finish_backfill()
        assert (store.backfill_scope(), store.cursor(), store.scope()) == ("", 2, "scope-2")
        assert self.ids(store) == {stays.document.id, waiting.id, refused.id}

    def test_a_backfill_begun_again_forgets_what_the_first_one_brought(self, store: SyncStore) -> None:
        ids = IdMaker(lambda: AT)
        received = self.received(store, 1, ids)
        store.apply_prepared(store.prepare([received]), 1, "scope-1")
        store.begin_backfill("scope-2")
        store.apply_prepared(store.prepare([received]), 1, "scope-2")
        store.begin_backfill("scope-3")
        assert store.backfill_cursor() == 0
        store.apply_prepared(store.prepare([]), 1, "scope-3")
        store.finish_backfill()
        assert self.ids(store) == set()
