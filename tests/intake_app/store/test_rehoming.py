"""What was taken before joining becomes the hub's organisation's: every version, once and in its line."""

from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.store.store import Store
from intake_app.sync.enrolment import Enrolment
from intake_app.times import IdMaker
from tests.first_runs import copied_store
from tests.hub.hub_fixtures import SteppingClock

KEY = "5a" * 32
NEW = "the-hubs-organisation"


@pytest.fixture
def store(tmp_path: Path):
    clock = SteppingClock()
    with copied_store(tmp_path / "s", clock=clock, ids=IdMaker(clock), organisation="Anyshire") as opened:
        yield opened


def take_down(store: Store, words: str) -> str:
    clock = SteppingClock()
    ids, library = store._ids, Library.shipped()
    draft = taking_down.new_draft(library, ids, clock(), store.device)
    draft = drafting.with_narrative(draft, words, ids)
    return store.records.save(taking_down.finish(draft, library, clock())).id


def join(store: Store) -> None:
    store.sync.save_enrolment(
        Enrolment("http://127.0.0.1", "t", NEW, "Hub's", "", store.device, "office", KEY)
    )


def test_every_version_waits_once_in_its_line_under_the_new_organisation(store: Store) -> None:
    record = take_down(store, "First")
    draft = store.records.draft_for_edit(record)
    store.records.save(drafting.with_narrative(draft, "Second", store._ids))
    others = {take_down(store, f"Another {number}") for number in range(3)}
    join(store)
    assert store.sync.counts().waiting == 0
    assert store.sync.unsent_before_joining() == 4
    before = {one.mutation: store.records.version(one.mutation) for one in store.records.history(record)}
    for _ in range(2):
        store.sync.rehome(NEW, KEY)
        waiting = [one.document for one in store.sync.pending(500, 1_000_000)]
        records = [one for one in waiting if one.kind == "record"]
        assert {one.organisation for one in waiting} == {NEW}
        assert {one.id for one in records} == {record, *others}
        first, second = [one for one in records if one.id == record]
        assert (first.after, first.base, second.after, second.base) == ("", 0, first.mutation, 0)
        assert not any(one.attempted for one in store.sync.pending(500, 1_000_000))
    assert {mutation: store.records.version(mutation) for mutation in before} == before
    assert not store.check().findings
