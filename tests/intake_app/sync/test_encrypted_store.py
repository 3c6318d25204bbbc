"""The encrypted store keeps the same contract as the one in memory."""

import itertools
from pathlib import Path

import pytest

from intake_app.documents import Document
from intake_app.forms.library import Library
from intake_app.store.store import Store
from intake_app.store.sync_state import SyncStore
from intake_app.sync.enrolment import Enrolment
from intake_app.taking_down import new_draft
from intake_app.times import IdMaker, Instant
from tests.first_runs import copied_store
from tests.hub.hub_fixtures import START, SteppingClock
from tests.intake_app.sync.sync_store_contract import ORGANISATION, SyncStoreContract

_seconds = itertools.count()


class TestEncryptedStore(SyncStoreContract):
    @pytest.fixture
    def whole(self, tmp_path: Path):
        clock = SteppingClock()
        with copied_store(
            tmp_path / "intake", clock=clock, ids=IdMaker(clock), organisation="Anyshire"
        ) as store:
            store.sync.save_enrolment(
                Enrolment(
                    hub_url="https://hub.example",
                    token="secret",
                    organisation=ORGANISATION,
                    organisation_name="Anyshire",
                    area="",
                    device=store.device,
                    device_kind="office",
                    organisation_key="ab" * 32,
                )
            )
            yield store

    @pytest.fixture
    def store(self, whole: Store) -> SyncStore:
        self.whole = whole
        return whole.sync

    def saved(self, store: SyncStore) -> Document:
        clock = SteppingClock(Instant(START.utc_ms + next(_seconds) * 60_000))
        draft = new_draft(Library.shipped(), IdMaker(clock), clock(), self.whole.device)
        record = self.whole.records.save(draft)
        (document,) = [one.document for one in store.pending(500, 1_000_000) if one.document.id == record.id]
        return document

    def ids(self, store: SyncStore) -> set[str]:
        with self.whole._database.read() as connection:
            return set(connection.exec_driver_sql("SELECT id FROM document").scalars())

    def quarantined(self, store: SyncStore) -> dict[str, str]:
        return {one.mutation: one.reason for one in store.quarantined()}

    def record_body(self) -> str:
        clock = SteppingClock(Instant(START.utc_ms + next(_seconds) * 60_000))
        return new_draft(Library.shipped(), IdMaker(clock), clock(), "another-device").record.to_json()
