"""Each listed record says where it is now: here alone, backed up, or waiting."""

from collections.abc import Callable
from pathlib import Path

from intake_app.drafting import Draft
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from tests.fakes import HandClock

TakeDown = Callable[..., Draft]


def test_alone_and_not_backed_up_until_a_backup_was_made(
    store: Store, take_down: TakeDown, tmp_path: Path, clock: HandClock
) -> None:
    store.records.save(take_down("She waited"))
    (row,) = store.records.find(RecordQuery()).rows
    assert (row.where.state, row.where.backed_up) == ("alone", None)
    clock.forward(60)
    store.back_up(tmp_path)
    (row,) = store.records.find(RecordQuery()).rows
    assert row.where.backed_up == clock()


def test_a_record_saved_after_the_backup_is_not_in_it(
    store: Store, take_down: TakeDown, tmp_path: Path
) -> None:
    store.records.save(take_down("First"))
    store.back_up(tmp_path)
    store.records.save(take_down("Second"))
    found = {row.first_words: row.where.backed_up for row in store.records.find(RecordQuery()).rows}
    assert found["First"] is not None
    assert found["Second"] is None


def test_a_draft_is_listed_too(store: Store, take_down: TakeDown) -> None:
    store.drafts.keep(take_down("Half said"))
    (row,) = store.records.find(RecordQuery()).rows
    assert row.first_words == "Half said"
    assert row.state == "draft"
