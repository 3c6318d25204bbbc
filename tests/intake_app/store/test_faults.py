"""Writes that fail: each act is whole or not at all, and goes through once there is room again."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import Connection, event

from intake_app.documents import Document, Pulled
from intake_app.drafting import with_narrative
from intake_app.errors import DiskFull, StoreLocked
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, Instant

SQLITE_FULL = 13


class FailingWrites:
    """Every seventh write, statement or commit, fails as a full disk does; after it one act goes through."""

    def __init__(self, store: Store, every: int = 7) -> None:
        self.failed = 0
        self._count = 0
        self._resting = False
        self._every = every
        self._engine = store._database.engine

    def __enter__(self) -> "FailingWrites":
        event.listen(self._engine, "before_cursor_execute", self._statement)
        event.listen(self._engine, "commit", self._commit)
        return self

    def __exit__(self, *_exception: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._statement)
        event.remove(self._engine, "commit", self._commit)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            self._fail_if_due()

    def _commit(self, _connection: Connection) -> None:
        self._fail_if_due()
        self._resting = False

    def _fail_if_due(self) -> None:
        if self._resting:
            return
        self._count += 1
        if self._count % self._every == 0:
            self.failed += 1
            self._resting = True
            error = sqlcipher3.OperationalError("database or disk is full")
            error.sqlite_errorcode = SQLITE_FULL
            raise error


def until_done(act: Callable[[], Any], unchanged: Callable[[], object]) -> Any:
    """Repeats ``act``; after each failure the store must be as it was before."""
    before = unchanged()
    for _ in range(50):
        try:
            return act()
        except DiskFull:
            assert unchanged() == before
    raise AssertionError("never went through")


def state_of(store: Store) -> object:
    with store._database.read() as connection:
        tables = ("version", "outbox", "document", "draft", "projected_record", "record_text", "second_copy")
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]


def test_every_seventh_failing_write_leaves_nothing_half_done(store: Store, take_down, ids: IdMaker) -> None:
    saved = []
    with FailingWrites(store) as faults:
        for number in range(25):
            draft = take_down(f"Number {number}", service="St Elsewhere")
            until_done(lambda draft=draft: store.drafts.keep(draft), lambda: state_of(store))
            assert store.drafts.load(draft.id).record == draft.record
            record = until_done(lambda draft=draft: store.records.save(draft), lambda: state_of(store))
            saved.append(record.id)
            if number % 3 == 0:
                edit = with_narrative(store.records.draft_for_edit(record.id), f"Edited {number}", ids)
                until_done(lambda edit=edit: store.records.save(edit), lambda: state_of(store))
            if number % 5 == 0:
                until_done(
                    lambda record=record: store.records.withdraw(record.id, "asked"), lambda: state_of(store)
                )
    assert faults.failed > 20
    assert store.check().findings == ()
    assert {row.id for row in store.records.find(RecordQuery(), limit=100).rows} == set(saved)
    assert store.drafts.all() == ()


def test_a_pulled_page_that_fails_is_taken_in_whole_later(store: Store, take_down, ids: IdMaker) -> None:
    organisation = store.organisation.id
    page = []
    for number in range(40):
        record = take_down(f"Elsewhere {number}").record
        document = Document(organisation, "record", record.id, ids(), record.to_json())
        page.append(Pulled(document, number + 1, (), True, Instant(5_000), "other"))
    with FailingWrites(store) as faults:
        until_done(lambda: store.sync.apply_page(page, 40, "scope"), lambda: state_of(store))
    assert faults.failed
    assert store.sync.cursor() == 40
    assert len(store.records.find(RecordQuery(), limit=100).rows) == 40
    assert store.check().findings == ()


def test_a_really_full_store_says_so_and_keeps_what_it_had(store: Store, take_down) -> None:
    record = store.records.save(take_down("Safe"))
    with store._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: Any, *_rest: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")

    event.listen(store._database.engine, "checkout", limit)
    draft = take_down("words " * 20_000)
    with pytest.raises(DiskFull):
        store.records.save(draft)
    assert store.records.get(record.id) == record
    event.remove(store._database.engine, "checkout", limit)

    def unlimited(connection: Any, *_rest: Any) -> None:
        connection.execute("PRAGMA max_page_count = 4294967294")

    event.listen(store._database.engine, "checkout", unlimited)
    assert store.records.save(draft).narratives == draft.record.narratives
    assert store.check().findings == ()


def test_a_writer_elsewhere_that_never_ends_is_reported(store: Store, take_down) -> None:
    def hasty(connection: Any, *_rest: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 20")

    event.listen(store._database.engine, "checkout", hasty)
    other = store._database.raw()
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            store.drafts.keep(take_down("waits"))
        assert store.drafts.all() == ()
        other.execute("ROLLBACK")
    finally:
        other.close()
    store.drafts.keep(take_down("goes through"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from intake_app.errors import StoreError\n"
        "from intake_app.store.opening import create_store\n"
        "from intake_app.times import IdMaker, system_clock\n"
        "ids = IdMaker(system_clock)\n"
        "made = create_store(Path(sys.argv[1]), passphrase='x', clock=system_clock, ids=ids)\n"
        "with made.store as store:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
        "    for number in range(1000):\n"
        "        try: store.preferences.set(f'name {number}', 'x' * 20_000)\n"
        "        except StoreError as error:\n"
        "            print(type(error).__name__, store.preferences.get('name 0') == 'x' * 20_000)\n"
        "            break\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "full")], capture_output=True, text=True, check=True
    )
    assert told.stdout == "DiskFull True\n"
