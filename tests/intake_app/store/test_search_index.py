"""What was said is found, and what was taken out of the index is in it no more."""

from collections.abc import Callable

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
