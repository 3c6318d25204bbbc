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
