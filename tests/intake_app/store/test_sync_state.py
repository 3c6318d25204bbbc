"""What waits for the hub, what comes from it, and what joining one does to records taken before."""

import json
from dataclasses import dataclass, replace

import pytest

from intake_app.documents import Document, Pulled, Receipt, ReceiptStatus
from intake_app.drafting import with_narrative
from intake_app.errors import RecordMissing
from intake_app.people import PersonDetails
from intake_app.records import Identity, SetRef
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, Instant

HUB = "11111111-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Enrolment:
    hub_url: str = "https://hub.example"
    token: str = "secret"
    organisation: str = HUB
    organisation_name: str = "Exemplar"
    area: str = "Exemplar"
    device: str = "d"
    device_kind: str = "office"
    organisation_key: str = "ab" * 32


@pytest.fixture
def joined(store: Store) -> Store:
    store.sync.save_enrolment(Enrolment())
    return store


def receipt(document: Document, revision: int, status: str = ReceiptStatus.ACCEPTED) -> Receipt:
    return Receipt(
        document.id, document.mutation, revision, document.sha256, Instant(1_000), status, "7F3A21"
    )


def pulled(document: Document, revision: int, *parents: int, head: bool = True) -> Pulled:
    return Pulled(document, revision, parents, head, Instant(2_000), "other-device")


def changed(document: Document, mutation: str, words: str, **envelope: object) -> Document:
    body = json.loads(document.body)
    body["narratives"][0]["text"] = words
    return replace(document, mutation=mutation, body=json.dumps(body), **envelope)


def from_elsewhere(take_down, ids: IdMaker, words: str) -> Document:
    record = take_down(words).record
    return Document(HUB, "record", record.id, ids(), record.to_json())


def rows(store: Store, **asked: object):
    return store.records.find(RecordQuery(**asked)).rows


def test_alone_nothing_waits(store: Store, take_down) -> None:
    store.records.save(take_down("Alone"))
    assert store.sync.pending() == ()
    assert store.sync.counts().waiting == 0
    assert rows(store)[0].where.state == "alone"


def test_a_saved_version_waits_until_exactly_it_is_receipted(joined: Store, take_down, ids: IdMaker) -> None:
    record = joined.records.save(take_down("One"))
    (first,) = joined.sync.pending()
    joined.sync.mark_attempted([first.document.mutation])
    joined.records.save(with_narrative(joined.records.draft_for_edit(record.id), "Two", ids))
    assert [one.attempted for one in joined.sync.pending()] == [True, False]
    assert rows(joined)[0].where.state == "waiting"
    joined.sync.accept_receipts([receipt(first.document, 7)])
    (second,) = joined.sync.pending()
    assert second.document.after == first.document.mutation
    joined.sync.accept_receipts([receipt(second.document, 8)])
    assert joined.sync.counts().waiting == 0
    where = rows(joined)[0].where
    assert (where.state, where.receipt, where.at) == ("received", "7F3A21", Instant(1_000))
    assert [version.revision for version in joined.records.history(record.id)] == [7, 8]
    third = joined.records.draft_for_edit(record.id)
    joined.records.save(with_narrative(third, "Three", ids))
    assert joined.sync.pending()[0].document.base == 8


def test_batches_keep_to_their_size_but_send_at_least_one(joined: Store, take_down) -> None:
    for number in range(5):
        joined.records.save(take_down(f"Words {number} " + "x" * 1000))
    assert len(joined.sync.pending(max_documents=3)) == 3
    assert len(joined.sync.pending(max_bytes=10)) == 1
    assert [json.loads(one.document.body)["narratives"][0]["text"][:7] for one in joined.sync.pending()] == [
        f"Words {number}" for number in range(5)
    ]


def test_a_refused_version_is_shown_and_blocks_nothing(joined: Store, take_down) -> None:
    joined.records.save(take_down("Refused"))
    joined.records.save(take_down("Fine"))
    bad, good = joined.sync.pending()
    joined.sync.quarantine(bad.document.mutation, "too_large", {"limit": 5})
    assert [one.document for one in joined.sync.pending()] == [good.document]
    (shown,) = joined.sync.quarantined()
    assert (shown.reason, shown.details) == ("too_large", {"limit": 5})
    assert [row.where.state for row in rows(joined, words="refused")] == ["quarantined"]
    assert joined.sync.counts().quarantined == 1
    joined.sync.resend(bad.document.mutation)
    assert [one.document.kind for one in joined.sync.pending()] == ["record", "record", "audit"]
    assert joined.sync.quarantined() == ()


def test_a_pulled_record_is_listed_found_and_keeps_its_bytes(joined: Store, take_down, ids: IdMaker) -> None:
    document = from_elsewhere(take_down, ids, "Żółć w szpitalu")
    spaced = replace(document, body=document.body.replace(":", ": ", 1), extra='{"new": 1}')
    joined.sync.apply_page([pulled(spaced, 5)], 5, "scope")
    assert (joined.sync.cursor(), joined.sync.scope()) == (5, "scope")
    (row,) = rows(joined, words="zolc")
    assert row.where.state == "received"
    assert joined.records.history(document.id)[0].revision == 5
    joined.sync.apply_page([pulled(spaced, 5)], 5)
    assert len(rows(joined)) == 1
    assert joined.check().findings == ()


def test_a_newer_version_from_elsewhere_takes_the_place_of_the_older(joined: Store, take_down, ids) -> None:
    first = from_elsewhere(take_down, ids, "Before")
    joined.sync.apply_page([pulled(first, 1)], 1)
    joined.sync.apply_page([pulled(changed(first, ids(), "After"), 2, 1)], 2)
    assert joined.records.get(first.id).narratives[0].text == "After"
    assert rows(joined, words="before") == ()
    assert joined.sync.counts().conflicts == 0


def test_two_heads_are_a_conflict_until_a_version_joins_them(joined: Store, take_down, ids: IdMaker) -> None:
    first = from_elsewhere(take_down, ids, "Base")
    mine, theirs = changed(first, ids(), "Mine"), changed(first, ids(), "Theirs")
    page = [pulled(first, 1, head=False), pulled(mine, 2, 1), pulled(theirs, 3, 1)]
    joined.sync.apply_page(page, 3)
    assert joined.sync.counts().conflicts == 1
    assert [row.where.state for row in rows(joined, state="conflict")] == ["conflict"]
    joined.sync.apply_page([pulled(changed(first, ids(), "Joined"), 4, 2, 3)], 4)
    assert joined.sync.counts().conflicts == 0
    assert joined.records.get(first.id).narratives[0].text == "Joined"


def test_what_was_written_here_stays_in_sight_when_another_version_comes(
    joined: Store, take_down, ids
) -> None:
    first = from_elsewhere(take_down, ids, "Base")
    joined.sync.apply_page([pulled(first, 1)], 1)
    joined.records.save(with_narrative(joined.records.draft_for_edit(first.id), "Mine", ids))
    joined.sync.apply_page([pulled(changed(first, ids(), "Theirs"), 2, 1)], 2)
    assert joined.records.get(first.id).narratives[0].text == "Mine"
    (waiting,) = joined.sync.pending()
    assert waiting.document.base == 1
    joined.sync.accept_receipts([receipt(waiting.document, 3, ReceiptStatus.CONFLICT)])
    assert rows(joined)[0].where.state == "conflict"


def test_a_lost_answer_is_settled_by_our_own_version_coming_back(joined: Store, take_down) -> None:
    joined.records.save(take_down("Sent"))
    (sent,) = joined.sync.pending()
    joined.sync.mark_attempted([sent.document.mutation])
    joined.sync.apply_page([pulled(sent.document, 4)], 4)
    assert joined.sync.pending() == ()
    assert joined.sync.counts() == type(joined.sync.counts())(0, 0, 0)


def test_unknown_kinds_and_unreadable_bodies_block_nothing(joined: Store, take_down, ids) -> None:
    good = from_elsewhere(take_down, ids, "Good")
    strange = Document(HUB, "task", ids(), ids(), '{"x": 1}', extra='{"later": true}')
    broken = Document(HUB, "record", ids(), ids(), "no JSON")
    joined.sync.apply_page([pulled(strange, 1), pulled(broken, 2), pulled(good, 3)], 3)
    assert [row.id for row in rows(joined)] == [good.id]
    assert joined.check().findings == ()


def test_a_tombstone_takes_a_record_off_the_list_and_keeps_versions(joined: Store, take_down, ids) -> None:
    first = from_elsewhere(take_down, ids, "Gone")
    joined.sync.apply_page([pulled(first, 1)], 1)
    joined.sync.apply_page([pulled(replace(first, mutation=ids(), deleted=True, body="{}"), 2, 1)], 2)
    assert rows(joined) == ()
    assert len(joined.records.history(first.id)) == 2


def test_an_edit_of_a_record_that_left_this_computer_meanwhile_still_follows_it(
    joined: Store, take_down, ids
) -> None:
    """Else the hub would take it for another beginning, and tell both writers of a conflict."""
    gone = from_elsewhere(take_down, ids, "Gone")
    joined.sync.apply_page([pulled(gone, 1)], 1, "wide")
    draft = joined.records.draft_for_edit(gone.id)
    joined.sync.begin_backfill("narrow")
    joined.sync.apply_page([], 1, "narrow")
    joined.sync.finish_backfill()
    joined.records.save(draft)
    (sent,) = [one.document for one in joined.sync.pending() if one.document.kind == "record"]
    assert (sent.id, sent.base, sent.after) == (gone.id, 0, gone.mutation)


def test_a_narrower_scope_drops_what_was_received_and_nothing_else(joined: Store, take_down, ids) -> None:
    out, kept = from_elsewhere(take_down, ids, "Out"), from_elsewhere(take_down, ids, "Kept")
    joined.sync.apply_page([pulled(out, 1), pulled(kept, 2)], 2, "wide")
    mine = joined.records.save(take_down("Mine, unsent"))
    joined.sync.begin_backfill("narrow")
    assert (joined.sync.backfill_scope(), joined.sync.backfill_cursor()) == ("narrow", 0)
    joined.sync.apply_page([pulled(kept, 2)], 2, "narrow")
    assert joined.sync.scope() == "wide"
    joined.sync.finish_backfill()
    assert {row.id for row in rows(joined)} == {kept.id, mine.id}
    assert (joined.sync.scope(), joined.sync.cursor(), joined.sync.backfill_scope()) == ("narrow", 2, "")
    assert joined.check().findings == ()


def test_records_taken_before_joining_wait_for_a_persons_word(store: Store, take_down, ids: IdMaker) -> None:
    details = PersonDetails(id=ids(), question_set=SetRef(id="person", version="0"), number="07700 900123")
    draft = take_down("Before").model_copy(update={"person": details})
    named = draft.record.model_copy(update={"identity": Identity.NAMED})
    record = store.records.save(draft.model_copy(update={"record": named}))
    begun = store.drafts.keep(take_down("begun").model_copy(update={"person": details}))
    store.sync.save_enrolment(Enrolment())
    assert store.organisation.id == HUB
    assert store.sync.unsent_before_joining() == 1
    assert store.sync.pending() == ()
    assert store.people.open_person(details.id, "check") == details
    assert store.people.matches("07700900123") == 2
    assert store.drafts.load(begun.id).person == details
    store.sync.rehome(HUB, "ab" * 32)
    waiting = {one.document.kind: one.document for one in store.sync.pending()}
    assert {"record", "person"} <= waiting.keys()
    assert {one.organisation for one in waiting.values()} == {HUB}
    assert store.people.open_person(details.id, "check") == details
    assert store.people.matches("07700900123") == 2
    assert [row.id for row in rows(store, words="before")] == [record.id]
    assert store.check().findings == ()


def test_erasing_leaves_a_marker_and_not_one_word(joined: Store, take_down, ids: IdMaker) -> None:
    details = PersonDetails(id=ids(), question_set=SetRef(id="person", version="0"), number="07700 900123")
    draft = take_down("Unmistakable words").model_copy(update={"person": details})
    record = joined.records.save(draft)
    joined.records.save(with_narrative(joined.records.draft_for_edit(record.id), "Unmistakable again", ids))
    joined.drafts.keep(joined.records.draft_for_edit(record.id))
    joined.erase(record.id, "asked", "sam")
    assert rows(joined, words="unmistakable") == ()
    assert joined.drafts.all() == ()
    with pytest.raises(RecordMissing):
        joined.records.get(record.id)
    markers = [one.document for one in joined.sync.pending() if one.document.kind == "erasure"]
    assert json.loads(markers[0].body)["erases"] == [record.id, details.id]
    assert not [one for one in joined.sync.pending() if one.document.kind == "record"]
    assert joined.people.matches("07700900123") == 0
    with joined._database.read() as connection:
        for table in ("version", "second_copy", "draft", "record_text", "outbox", "projected_record"):
            dump = str(connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall())
            assert "Unmistakable" not in dump
    assert joined.check().findings == ()
    with pytest.raises(RecordMissing):
        joined.erase(record.id, "again")


def test_an_erasure_from_elsewhere_erases_here_and_nothing_comes_back(joined: Store, take_down, ids) -> None:
    document = from_elsewhere(take_down, ids, "Gone for good")
    joined.sync.apply_page([pulled(document, 1)], 1)
    marker = Document(HUB, "erasure", ids(), ids(), json.dumps({"erases": [document.id]}))
    joined.sync.apply_page([pulled(marker, 2)], 2)
    assert rows(joined) == ()
    joined.sync.apply_page([pulled(changed(document, ids(), "stale"), 3, 1)], 3)
    assert rows(joined) == ()
    assert joined.check().findings == ()
