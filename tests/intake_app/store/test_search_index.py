"""What was said is found, and what was taken out of the index is in it no more."""

from collections.abc import Callable

import pytest

from intake_app import segments as segments_module
from intake_app.drafting import Draft
from intake_app.store import search_index
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery

TakeDown = Callable[..., Draft]


def found(store: Store, words: str) -> list[str]:
    return [row.first_words for row in store.records.find(RecordQuery(words=words)).rows]


def test_a_record_is_found_by_its_words_until_it_is_erased(store: Store, take_down: TakeDown) -> None:
    kept = store.records.save(take_down("The physiotherapist was kind"))
    gone = store.records.save(take_down("The physiotherapist shouted"))
    assert len(found(store, "physiotherapist")) == 2
    store.erase(gone.id, "asked for it", "")
    assert found(store, "physiotherapist") == ["The physiotherapist was kind"]
    assert found(store, "shouted") == []
    assert store.check().findings == ()
    assert kept.id != gone.id


def test_taking_out_what_is_not_there_is_no_error(store: Store, take_down: TakeDown) -> None:
    record = store.records.save(take_down("She waited"))
    with store._database.write() as connection:
        search_index.take_out(connection, [record.id, "unknown"])
        search_index.take_out(connection, [record.id])
    assert found(store, "waited") == []


def segments(store: Store) -> int:
    with store._database.read() as connection:
        counted = connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM record_search_idx")
        return int(counted.scalar_one())


def test_after_a_round_the_indexs_segments_become_one_and_all_is_found_as_before(
    store: Store, take_down: TakeDown
) -> None:
    words = [f"The physiotherapist came {number}" for number in range(12)]
    gone, *_kept = [store.records.save(take_down(one)) for one in words]
    assert segments(store) == len(words)
    store.sync.tidy(lambda: True)
    assert segments(store) == len(words), "stopped, it joins nothing and breaks nothing"
    store.sync.tidy()
    assert segments(store) == 1
    assert sorted(found(store, "physio")) == sorted(words)
    store.erase(gone.id, "asked for it", "")
    store.sync.tidy()
    assert sorted(found(store, "physio")) == sorted(words[1:])
    assert store.check().findings == ()


def test_a_save_never_has_to_join_all_segments_at_once(store: Store) -> None:
    """FTS5 joins a level's segments in one go as soon as there are ``crisismerge`` of them: 16 by itself."""
    with store._database.read() as connection:
        asked = connection.exec_driver_sql("SELECT k, v FROM record_search_config")
        settings: dict[str, int] = {row.k: row.v for row in asked}
    assert settings["crisismerge"] > settings["automerge"]


def marks(store: Store) -> set[str]:
    """What stands between the index's pages, without the digit that FTS5 puts before."""
    with store._database.read() as connection:
        terms = connection.exec_driver_sql("SELECT DISTINCT term FROM record_search_idx").scalars()
        return {term[1:].decode() for term in terms if term[:1] == b"0"}


def test_no_word_of_an_erased_record_stays_as_a_mark_between_the_pages_of_the_index(
    store: Store, take_down: TakeDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge that goes on in a second step keeps a whole word there, which secure-delete does not take."""
    with store._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO record_search (record_search, rank) VALUES ('pgsz', 64)")
    monkeypatch.setattr(segments_module, "_PAGES", 2)
    words = [f"w{number * 7919 % 1000:03}{number:02}zielinska" for number in range(30)]
    records = [store.records.save(take_down(f"Before {one} after")) for one in words]
    store.sync.tidy()
    kept = set(words)
    for word, record in zip(words, records, strict=True):
        store.erase(record.id, "asked for it", "")
        kept.discard(word)
        for mark in marks(store):
            assert not word.startswith(mark) or any(one.startswith(mark) for one in kept), mark
        assert found(store, word) == []
    assert store.check().findings == ()
