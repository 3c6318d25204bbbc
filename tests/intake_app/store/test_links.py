"""Links: made by a person, taken back by a person, kept as documents, and gone with an erased record."""

import json

import pytest

from intake_app.documents import Document, Pulled
from intake_app.errors import LinkRefused, RecordMissing
from intake_app.links import Relation
from intake_app.records import Identity, Record
from intake_app.store import migrations
from intake_app.store.migrations import m0003
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import Instant

HUB = "01a1f872-de40-7ca0-82d2-0000000000ff"


@pytest.fixture
def two(store: Store, take_down) -> tuple[Record, Record]:
    return tuple(store.records.save(take_down(words)) for words in ("First call", "Second call"))


def links_shown(store: Store) -> dict[str, int]:
    return {row.id: row.links for row in store.records.find(RecordQuery()).rows}


def test_a_link_is_seen_from_both_records_and_changes_neither(store: Store, two, clock) -> None:
    first, second = two
    made = store.links.link(first.id, second.id, Relation.SAME_STORY, "sam")
    assert store.links.of(first.id) == (made,)
    (other,) = store.links.of(second.id)
    assert (other.other, other.relation, other.by, other.at) == (first.id, "same_story", "sam", clock())
    assert links_shown(store) == {first.id: 1, second.id: 1}
    assert [store.records.get(one.id) for one in two] == list(two)
    assert store.check().whole


def test_a_follow_up_has_a_direction(store: Store, two) -> None:
    first, second = two
    store.links.link(second.id, first.id, Relation.FOLLOW_UP)
    assert [one.first for one in store.links.of(second.id)] == [True]
    assert [one.first for one in store.links.of(first.id)] == [False]
    store.links.link(first.id, second.id, Relation.FOLLOW_UP)
    with pytest.raises(LinkRefused) as refused:
        store.links.link(second.id, first.id, Relation.FOLLOW_UP)
    assert refused.value.details["reason"] == "linked"


def test_unlinked_again_it_is_gone_from_both_and_who_did_it_is_kept(store: Store, two) -> None:
    first, second = two
    store.links.link(first.id, second.id, Relation.SAME_STORY, "sam")
    (seen,) = store.links.of(second.id)
    store.links.unlink(second.id, seen, "kim")
    store.links.unlink(second.id, seen, "kim")
    assert store.links.of(first.id) == store.links.of(second.id) == ()
    assert links_shown(store) == {first.id: 0, second.id: 0}
    with store._database.read() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM version WHERE kind = 'link'").scalars().all()
    assert [json.loads(body)["by"] for body in bodies] == ["sam", "kim"]
    assert store.links.link(first.id, second.id, Relation.SAME_STORY).other == second.id
    assert store.check().whole


@pytest.mark.parametrize("relation", list(Relation))
def test_what_cannot_be_linked_is_refused_and_nothing_changes(store: Store, two, relation: Relation) -> None:
    first, second = two
    with pytest.raises(LinkRefused) as same:
        store.links.link(first.id, first.id, relation)
    assert same.value.details["reason"] == "same"
    with pytest.raises(RecordMissing):
        store.links.link(first.id, "nothing", relation)
    store.links.link(first.id, second.id, relation)
    with pytest.raises(LinkRefused) as again:
        store.links.link(first.id, second.id, relation)
    assert again.value.details["reason"] == "linked"
    assert len(store.links.of(first.id)) == 1


def test_nobody_says_whose_an_anonymous_record_is(store: Store, take_down) -> None:
    named = store.records.save(take_down("Named"))
    draft = take_down("Anonymous")
    hidden = draft.record.model_copy(update={"identity": Identity.ANONYMOUS})
    anonymous = store.records.save(draft.model_copy(update={"record": hidden}))
    with pytest.raises(LinkRefused) as refused:
        store.links.link(named.id, anonymous.id, Relation.SAME_PERSON)
    assert refused.value.details["reason"] == "anonymous"
    assert store.links.link(named.id, anonymous.id, Relation.SAME_STORY).relation == "same_story"


def test_erasing_a_record_takes_its_links_with_it(store: Store, two, take_down) -> None:
    first, second = two
    third = store.records.save(take_down("Third call"))
    store.links.link(first.id, second.id, Relation.SAME_STORY)
    store.links.link(second.id, third.id, Relation.SAME_PERSON)
    (gone,) = store.links.of(first.id)
    store.links.unlink(first.id, gone)
    store.links.link(first.id, second.id, Relation.FOLLOW_UP)
    store.erase(first.id, "asked")
    assert [one.other for one in store.links.of(second.id)] == [third.id]
    with store._database.read() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM version WHERE kind = 'link'").scalars().all()
        rows = connection.exec_driver_sql("SELECT record, other FROM projected_link").fetchall()
    assert first.id not in str([*bodies, *rows])
    assert len(bodies) == 1
    assert store.check().whole


def arriving(document_id: str, body: object, revision: int = 1) -> Pulled:
    text = body if isinstance(body, str) else json.dumps(body)
    document = Document(
        organisation=HUB, kind="link", id=document_id, mutation=f"mutation-{revision}", body=text
    )
    return Pulled(document, revision, (), True, Instant(1_790_000_000_000), "elsewhere")


def body_of(link: str, first: str, second: str, undoes: str = "") -> dict[str, object]:
    at = {"utc": "2026-11-20T09:14:00.000Z", "civil": "2026-11-20"}
    made = {"id": link, "records": [first, second], "relation": "same_story", "by": "kim", "at": at}
    return made | ({"undoes": undoes} if undoes else {})


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_others_linked_and_took_back_may_arrive_in_any_order(store: Store, two, order) -> None:
    first, second = two
    pages = [
        arriving("l1", body_of("l1", first.id, second.id), 1),
        arriving("u1", body_of("u1", first.id, second.id, undoes="l1"), 2),
    ]
    for place in order:
        store.sync.apply_page([pages[place]], place + 1)
    assert store.links.of(first.id) == ()
    store.sync.apply_page([arriving("l2", body_of("l2", first.id, second.id), 3)], 3)
    assert [one.by for one in store.links.of(second.id)] == ["kim"]
    assert store.check().whole


def test_two_who_linked_the_same_two_records_are_one_link_to_staff(store: Store, two) -> None:
    first, second = two
    store.links.link(first.id, second.id, Relation.SAME_STORY, "sam")
    store.sync.apply_page([arriving("l1", body_of("l1", second.id, first.id))], 1)
    (seen,) = store.links.of(first.id)
    assert len(seen.links) == 2
    assert links_shown(store) == {first.id: 1, second.id: 1}
    store.links.unlink(first.id, seen)
    assert store.links.of(second.id) == ()


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"id": "other"}', ""])
def test_a_link_that_cannot_be_read_is_kept_and_joins_nothing(store: Store, two, body: str) -> None:
    store.sync.apply_page([arriving("l1", body)], 1)
    assert all(store.links.of(one.id) == () for one in two)
    assert store.check().whole


def test_links_are_made_anew_from_their_documents(store: Store, two) -> None:
    first, second = two
    store.links.link(first.id, second.id, Relation.SAME_STORY)
    with store._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM projected_link")
    assert [one.code for one in store.check().findings] == ["links_differ"]
    assert store.mend().whole
    assert len(store.links.of(first.id)) == 1


def test_links_that_an_earlier_version_only_passed_on_are_there_after_the_upgrade(store: Store, two) -> None:
    first, second = two
    store.links.link(first.id, second.id, Relation.SAME_STORY)
    with store._database.write() as connection:
        for table in ("projected_link", "projected_unlink"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.STEPS.index(m0003.run)}")
    migrations.upgrade(store._database)
    assert len(store.links.of(second.id)) == 1
