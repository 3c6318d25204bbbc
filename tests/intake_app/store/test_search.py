"""Finding records again: by words, reference, channel, service and dates, page by page."""

from datetime import date
from pathlib import Path

import pytest

from intake_app.records import spaced_reference
from intake_app.store import search_index
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, Instant


def found(store: Store, **asked: object) -> list[str]:
    return [row.first_words for row in store.records.find(RecordQuery(**asked)).rows]


def test_newest_come_first_and_pages_leave_nothing_out(store: Store, take_down) -> None:
    for number in range(25):
        store.records.save(take_down(f"Number {number:02d}"))
    for number in range(25, 30):
        store.drafts.keep(take_down(f"Number {number:02d}"))
    seen: list[str] = []
    before = None
    while True:
        page = store.records.find(RecordQuery(), before, limit=7)
        seen += [row.first_words for row in page.rows]
        before = page.more
        if before is None:
            break
    assert seen == [f"Number {number:02d}" for number in reversed(range(30))]


def test_words_channel_service_and_dates_narrow_the_list(store: Store, take_down, clock) -> None:
    clock.now = Instant.parse("2026-03-31T22:30:00.000Z")
    store.records.save(
        take_down("Noise at night", channel="email", service="St Elsewhere", service_id="cqc-1")
    )
    clock.forward(days=30)
    store.records.save(take_down("Noise by day", channel="drop_in", service="Łódź Road Surgery"))
    store.drafts.keep(take_down("Noise not finished", channel="drop_in", service="Łódź Road Surgery"))
    assert found(store, words="noise", channel="email") == ["Noise at night"]
    assert found(store, channel="drop_in") == ["Noise not finished", "Noise by day"]
    assert found(store, channel="drop_in", include_drafts=False) == ["Noise by day"]
    assert found(store, service="cqc-1") == ["Noise at night"]
    assert found(store, service="lodz surg") == ["Noise not finished", "Noise by day"]
    assert found(store, service="!!!") == []
    assert found(store, words="night st elsewhere") == ["Noise at night"]
    # 23:30 in England, summer time: the civil date of receipt is the last of March.
    assert found(store, received_from=date(2026, 3, 31), received_to=date(2026, 3, 31)) == ["Noise at night"]
    assert found(store, received_from=date(2026, 4, 1), include_drafts=False) == ["Noise by day"]
    assert found(store, received_to=date(2025, 12, 31)) == []
    assert found(store, received_from=date(2000, 1, 1), received_to=date(2030, 1, 1), words="night") == [
        "Noise at night"
    ]
    assert found(store, state="draft") == ["Noise not finished"]
    assert found(store, state="parked") == []
    assert found(store, words="…") == []


def test_records_with_enquiries_are_found_by_what_they_hold(store: Store, take_down) -> None:
    def asking(words: str, kinds: tuple[str, ...]):
        draft = take_down(words)
        (item,) = draft.record.items
        items = tuple(
            item.model_copy(update={"id": f"{item.id}{place}", "kind": kind})
            for place, kind in enumerate(kinds)
        )
        return draft.model_copy(update={"record": draft.record.model_copy(update={"items": items})})

    store.records.save(asking("Only told", ("feedback",)))
    store.records.save(asking("Only asked", ("enquiry",)))
    store.records.save(asking("Told and asked", ("feedback", "enquiry")))
    store.drafts.keep(asking("Still asking", ("enquiry",)))
    assert found(store, kind="enquiry") == ["Still asking", "Told and asked", "Only asked"]
    assert found(store, kind="feedback") == ["Told and asked", "Only told"]
    assert found(store, kind="enquiry", words="only") == ["Only asked"]
    kinds = {row.first_words: row.kinds for row in store.records.find(RecordQuery()).rows}
    assert kinds["Told and asked"] == ("enquiry", "feedback")
    assert kinds["Still asking"] == ("enquiry",)
    assert store.records.items_by_kind() == {"feedback": 2, "enquiry": 2}


def test_a_reference_read_aloud_finds_the_record_and_the_draft(store: Store, take_down) -> None:
    record = store.records.save(take_down("Told"))
    draft = store.drafts.keep(take_down("Waiting"))
    store.records.save(take_down("Another"))
    assert found(store, words=spaced_reference(record.reference)) == ["Told"]
    assert [row.id for row in store.records.by_reference(draft.record.reference)] == [draft.id]
    assert store.records.by_reference("123") == ()


def test_records_taken_down_in_one_millisecond_are_all_there(store: Store, take_down, clock) -> None:
    ids = set()
    for number in range(300):
        draft = take_down(f"Same moment {number}")
        moment = draft.record.model_copy(update={"started": Instant(1_700_000_000_000)})
        ids.add(store.records.save(draft.model_copy(update={"record": moment})).id)
    page = store.records.find(RecordQuery("same moment"), limit=1000)
    assert {row.id for row in page.rows} == ids


def test_a_found_record_says_what_the_list_shows(store: Store, take_down) -> None:
    record = store.records.save(take_down("  Many   words\nof hers ", service="St Elsewhere"))
    (row,) = store.records.find(RecordQuery("words")).rows
    assert (row.first_words, row.services, row.items) == ("Many words of hers", ("St Elsewhere",), 1)
    assert (row.channel, row.state, row.reference) == ("phone", "finished", record.reference)
    assert store.records.summaries((record.id, "unknown")) == (row,)


def index_words(store: Store) -> dict[str, set[int]]:
    """Every word in the full-text index and the numbers of the records it stands for."""
    held: dict[str, set[int]] = {}
    with store._database.write() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE held USING fts5vocab(record_search, 'instance')")
        for term, key in connection.exec_driver_sql("SELECT DISTINCT term, doc FROM held"):
            held.setdefault(term, set()).add(key)
        connection.exec_driver_sql("DROP TABLE held")
    return held


def edited_and_erased(store: Store, take_down) -> None:
    """Records with long and repeated words, changed several times; every second one is erased."""
    for number in range(12):
        record = store.records.save(take_down("kept " * 30 if number % 2 else "forgotten " * (20 * number)))
        for _ in range(3):
            store.records.withdraw(record.id, "asked")
        if number % 2 == 0:
            store.erase(record.id, "asked")


def test_no_word_of_an_erased_record_is_left_in_the_index_however_often_it_was_changed(
    store: Store, take_down
) -> None:
    edited_and_erased(store, take_down)
    assert store.check().findings == ()
    held = index_words(store)
    assert "forgotten" not in held
    assert len(held["kept"]) == 6


def test_an_index_spoilt_by_an_earlier_program_is_made_anew_when_the_store_is_opened(
    store: Store, take_down, folder: Path, clock, ids: IdMaker, keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(search_index, "_FLUSHES", ())
        edited_and_erased(store, take_down)
    assert [one.code for one in store.check().findings] == ["search_index"]
    assert "forgotten" in index_words(store)
    with store._database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 1")
    store.close()
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as opened:
        assert opened.check().findings == ()
        assert "forgotten" not in index_words(opened)
