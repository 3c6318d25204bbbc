"""Two people change one record apart, through the real hub: nothing is lost, both are told, one decides."""

import json
from dataclasses import replace

import pytest

from intake_app.documents import FORMAT, Document, Kind
from intake_app.errors import NotSettled, RecordMissing
from intake_app.merging.decisions import Choice
from intake_app.records import Decided, NarrativeKind, RecordState
from intake_app.taking_down import finish
from tests.flow.changes import (
    agree,
    answered,
    client,
    conflict_of,
    edit,
    everything,
    framed,
    heads_on_the_hub,
    rounds,
    settle,
    shared,
    story,
    take_away,
)
from tests.flow.computers import Computer
from tests.hub.hub_fixtures import RunningHub


@pytest.fixture
def pair(three: list[Computer]) -> list[Computer]:
    return three[:2]


def test_changes_at_different_places_are_joined_and_both_writers_are_told(
    pair: list[Computer], hub: RunningHub
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, framed("may_quote", "yes"))
    edit(sam, record_id, answered("care", "health"))
    rounds(pair, 2)
    record = agree(pair, record_id)
    assert record.frame.value("may_quote") == "yes"
    assert record.items[0].value("care") == "health"
    assert heads_on_the_hub(hub, record_id) == 1
    names = [[notice.writers for notice in one.store.notices.unread()] for one in pair]
    assert names == [[("Sam",)], [("Amina",)]]
    assert record.joined is not None
    assert record.joined.by == ""
    assert len(record.joined.versions) == 2
    amina.store.notices.read([record_id])
    assert amina.store.notices.unread_records() == ()
    assert sam.store.notices.unread_records() == (record_id,)
    rounds(pair, 2)
    assert amina.store.notices.unread_records() == (), "nobody is told twice"


def test_two_computers_that_join_at_once_make_one_version(three: list[Computer], hub: RunningHub) -> None:
    amina, sam, zoe = three
    record_id = shared(three)
    edit(amina, record_id, framed("may_quote", "yes"))
    edit(sam, record_id, answered("care", "health"))
    amina.store.sync.tell_names()
    # Both versions reach all three computers before anybody has joined anything.
    for one in (amina, sam):
        push_only(one, hub)
    for one in three:
        pull_only(one, hub)
    assert [one.store.sync.join() for one in three] == [1, 1, 1]
    bodies = {one.store.records.get(record_id).to_json() for one in three}
    assert len(bodies) == 1
    assert len({one.store.records.history(record_id)[-1].mutation for one in three}) == 1
    agree(three, record_id)
    assert heads_on_the_hub(hub, record_id) == 1
    assert len(zoe.store.records.history(record_id)) == 4
    assert [len(one.store.notices.unread()) for one in three] == [1, 1, 0]


def test_a_third_change_meets_what_was_joined_and_heads_do_not_multiply(
    three: list[Computer], hub: RunningHub
) -> None:
    amina, sam, zoe = three
    record_id = shared(three)
    edit(amina, record_id, framed("may_quote", "yes"))
    edit(sam, record_id, answered("care", "health"))
    edit(zoe, record_id, framed("about_whom", "self"))
    rounds(three, 3)
    record = agree(three, record_id)
    assert record.frame.value("may_quote") == "yes"
    assert record.frame.value("about_whom") == "self"
    assert record.items[0].value("care") == "health"
    assert heads_on_the_hub(hub, record_id) == 1
    told = [{name for notice in one.store.notices.unread() for name in notice.writers} for one in three]
    assert "Zoë" in told[0]
    assert told[2] >= {"Amina", "Sam"}


def test_versions_joined_by_programs_that_do_it_otherwise_come_to_one(
    pair: list[Computer], hub: RunningHub
) -> None:
    """As when two computers with different versions of the program join the same pair."""
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, framed("may_quote", "yes"))
    edit(sam, record_id, answered("care", "health"))
    for one in pair:
        push_only(one, hub)
    for one in pair:
        pull_only(one, hub)
        one.store.sync.join()
    (waiting,) = [one.document for one in sam.store.sync.pending() if one.document.kind == Kind.RECORD]
    otherwise = json.loads(waiting.body) | {"newer": "only a newer program writes this"}
    strange = replace(waiting, mutation=sam.ids(), body=json.dumps(otherwise))
    client(sam, hub).push([strange])
    rounds(pair, 3)
    agree(pair, record_id)
    assert heads_on_the_hub(hub, record_id) == 1
    assert len(amina.store.records.history(record_id)) <= 6


def test_the_same_answer_waits_for_a_person_who_decides_and_is_named(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, answered("care", "health"))
    edit(sam, record_id, answered("care", "social"))
    rounds(pair, 2)
    for one in pair:
        assert [row.where.state for row in one.listed()] == ["conflict"]
        assert one.round().joined == 0
    found = conflict_of(sam, record_id)
    assert sorted((side.name, side.mine) for side in found.sides) == [("Amina", False), ("Sam", True)]
    (asked,) = found.differences
    assert asked.path[-1] == "care"
    hers = next(number for number, side in enumerate(found.sides) if not side.mine)
    settle(sam, record_id, Choice(Decided.SIDE, hers))
    assert [row.where.state for row in sam.listed()] == ["waiting"]
    record = agree(pair, record_id)
    assert record.items[0].value("care") == "health"
    assert record.joined is not None
    assert record.joined.by == sam.store.staff.current.id
    (kept,) = record.joined.decisions
    assert (kept.how, kept.version) == (Decided.SIDE, found.sides[hers].mutation)
    (notice,) = amina.store.notices.unread()
    assert (notice.decided, notice.settled_by, notice.writers) == (True, "Sam", ("Sam",))
    assert sam.store.notices.unread() == (), "whoever decided knows it"
    assert amina.store.staff.name_of(record.joined.by) == "Sam"


def test_both_stories_can_be_kept_and_no_word_is_lost(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, story(amina, "As told, and her husband was there"))
    edit(sam, record_id, story(sam, "As told. She rang back: the bed was broken"))
    rounds(pair, 2)
    settle(amina, record_id, Choice(Decided.BOTH))
    record = agree(pair, record_id)
    assert {one.text for one in record.narratives} == {
        "As told, and her husband was there",
        "As told. She rang back: the bed was broken",
    }
    assert {one.kind for one in record.narratives} == {NarrativeKind.VERBATIM}
    assert set(record.items[0].narratives) == {one.id for one in record.narratives}
    for words in ("husband", "bed was broken"):
        assert [row.id for row in sam.listed(words)] == [record_id]


def test_decisions_so_far_are_kept_and_a_new_version_asks_again_only_about_what_it_changed(
    three: list[Computer],
) -> None:
    amina, sam, zoe = three
    record_id = shared(three)
    zoe.store.records.draft_for_edit(record_id)
    for one, care, when in ((amina, "health", "2026-01"), (sam, "social", "2026-02")):
        edit(one, record_id, answered("care", care))
        edit(one, record_id, answered("experience_kind", "bad"))
        edit(one, record_id, answered("when_happened", when))
    edit(zoe, record_id, answered("care", "both"))
    rounds([amina, sam], 2)
    found = conflict_of(amina, record_id)
    assert {one.path[-1] for one in found.differences} == {"care", "when_happened"}
    chosen = {one.key: Choice(Decided.SIDE, 0) for one in found.differences}
    amina.store.conflicts.keep(found, chosen)
    assert conflict_of(amina, record_id).choices == chosen
    rounds([zoe, amina])
    again = conflict_of(amina, record_id)
    assert len(again.sides) == 3
    assert [one.path[-1] for one in again.differences if one.key in again.choices] == ["when_happened"]
    kept = next(iter(again.choices.values()))
    assert again.sides[kept.side].mutation == found.sides[0].mutation
    with pytest.raises(NotSettled) as refused:
        amina.store.conflicts.settle(found, chosen, amina.library, "amina")
    assert refused.value.details["reason"] == "moved"


def test_two_people_who_settle_at_once_are_asked_only_where_they_decided_otherwise(
    pair: list[Computer],
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, answered("care", "health"))
    edit(sam, record_id, answered("care", "social"))
    rounds(pair, 2)
    for one in pair:
        settle(one, record_id, Choice(Decided.SIDE, 0))
    rounds(pair, 3)
    agree(pair, record_id)


def test_withdrawn_here_and_changed_there_is_for_a_person(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    amina.store.records.withdraw(record_id, "she asked us to", amina.store.staff.current.id)
    edit(sam, record_id, answered("care", "health"))
    rounds(pair, 2)
    found = conflict_of(sam, record_id)
    (asked,) = found.differences
    assert asked.path == ("state",)
    withdrawn = asked.sides.index(RecordState.WITHDRAWN.value)
    settle(sam, record_id, Choice(Decided.SIDE, withdrawn))
    record = agree(pair, record_id)
    assert record.state is RecordState.WITHDRAWN
    assert record.items[0].value("care") == "health"


def test_erased_here_and_changed_there_is_erased_and_asks_nobody(
    pair: list[Computer], hub: RunningHub
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(sam, record_id, story(sam, "Please forget this"))
    edit(amina, record_id, story(amina, "Please forget this too"))
    rounds(pair, 2)
    found = conflict_of(sam, record_id)
    sam.store.conflicts.keep(found, {found.differences[0].key: Choice(Decided.COMBINED, text="forget")})
    amina.store.erase(record_id, "asked by the person")
    rounds(pair, 2)
    for one in pair:
        assert one.listed() == ()
        assert one.store.sync.counts().conflicts == 0
        with pytest.raises(RecordMissing):
            one.store.conflicts.open(record_id, one.library)
    assert "forget" not in everything(sam.store, "settling")


@pytest.mark.parametrize("taken_away_first", [True, False])
@pytest.mark.parametrize("seen_before", [True, False])
def test_a_record_taken_away_there_and_changed_here_waits_in_every_list_and_is_asked_first(
    three: list[Computer], hub: RunningHub, taken_away_first: bool, seen_before: bool
) -> None:
    amina, sam, zoe = three
    record_id = shared(three)
    edit(sam, record_id, answered("care", "health"))
    steps = [lambda: take_away(amina, record_id, hub), sam.round]
    for step in steps if taken_away_first else reversed(steps):
        step()
        if seen_before:
            zoe.round()
    rounds(three, 2)
    for one in three:
        assert [row.where.state for row in one.listed()] == ["conflict"]
        assert one.store.check().whole
    found = conflict_of(zoe, record_id)
    removed = next(number for number, side in enumerate(found.sides) if side.removed)
    assert len(found.differences) == 1
    settle(zoe, record_id, Choice(Decided.SIDE, 1 - removed))
    record = agree(three, record_id)
    assert record.items[0].value("care") == "health"


def test_a_record_may_stay_taken_away_whatever_else_differs(three: list[Computer], hub: RunningHub) -> None:
    amina, sam, zoe = three
    record_id = shared(three)
    edit(sam, record_id, answered("care", "health"))
    edit(zoe, record_id, answered("care", "social"))
    take_away(amina, record_id, hub)
    rounds(three, 2)
    found = conflict_of(sam, record_id)
    removed = next(number for number, side in enumerate(found.sides) if side.removed)
    about_it, _about_care = found.differences
    keep = {about_it.key: Choice(Decided.SIDE, removed)}
    sam.store.conflicts.settle(found, keep, sam.library, sam.store.staff.current.id)
    rounds(three, 2)
    for one in three:
        assert one.listed() == ()
        assert one.store.sync.counts().conflicts == 0
        assert one.store.check().whole
    assert heads_on_the_hub(hub, record_id) == 1


def test_taken_away_on_both_sides_is_in_nobodys_way(three: list[Computer], hub: RunningHub) -> None:
    record_id = shared(three)
    for one in three[:2]:
        take_away(one, record_id, hub)
    rounds(three, 2)
    for one in three:
        assert one.listed() == ()
        counts = one.store.sync.counts()
        assert (counts.waiting, counts.conflicts) == (0, 0)
    assert heads_on_the_hub(hub, record_id) == 1


def test_a_version_of_a_newer_program_is_kept_and_waits_for_that_program(
    pair: list[Computer], hub: RunningHub
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(sam, record_id, answered("care", "health"))
    (version,) = amina.store.records.history(record_id)
    newer = Document(
        organisation=amina.store.organisation.id, kind=Kind.RECORD, id=record_id, mutation=amina.ids(),
        body='{"shape": "unheard of"}', base=version.revision, format=FORMAT + 1,
    )  # fmt: skip
    client(amina, hub).push([newer])
    rounds(pair, 2)
    for one in pair:
        found = conflict_of(one, record_id)
        assert (found.blocked, found.merged) == ("newer", None)
        assert one.store.sync.counts().conflicts == 1
    sam.take_down("Another call")
    assert sam.round().pushed >= 1, "a conflict never blocks other work"


def test_changes_not_sent_yet_go_to_the_hub_before_anything_is_settled(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, answered("care", "health"))
    edit(sam, record_id, answered("care", "social"))
    rounds(pair, 2)
    edit(sam, record_id, answered("experience_kind", "good"))
    assert conflict_of(sam, record_id).blocked == "unsent"
    sam.round()
    assert conflict_of(sam, record_id).blocked == ""


def test_an_edit_of_a_settled_record_leaves_how_it_was_settled_in_its_history(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    edit(amina, record_id, answered("care", "health"))
    edit(sam, record_id, answered("care", "social"))
    rounds(pair, 2)
    settle(sam, record_id, Choice(Decided.SIDE, 0))
    rounds(pair, 2)
    settled = sam.store.records.history(record_id)[-1].mutation
    edit(amina, record_id, framed("may_quote", "no"))
    record = agree(pair, record_id)
    assert record.joined is None
    assert sam.store.records.version(settled).joined is not None


def test_an_edit_begun_before_a_change_came_never_overwrites_it(pair: list[Computer]) -> None:
    amina, sam = pair
    record_id = shared(pair)
    draft = sam.store.records.draft_for_edit(record_id)
    sam.store.drafts.keep(draft)
    edit(amina, record_id, framed("may_quote", "yes"))
    rounds(pair)
    assert sam.store.records.get(record_id).frame.value("may_quote") == "yes"
    assert sam.store.records.draft_for_edit(record_id) == sam.store.drafts.load(record_id)
    edit(sam, record_id, answered("care", "health"))
    rounds(pair, 2)
    record = agree(pair, record_id)
    assert record.frame.value("may_quote") == "yes"
    assert record.items[0].value("care") == "health"


def test_a_change_that_came_meanwhile_is_offered_and_taken_in_only_where_nothing_is_in_dispute(
    pair: list[Computer],
) -> None:
    amina, sam = pair
    record_id = shared(pair)
    draft = sam.store.records.draft_for_edit(record_id)
    assert sam.store.meanwhile.newer(draft) is None
    edit(amina, record_id, framed("may_quote", "yes"))
    rounds(pair)
    newer = sam.store.meanwhile.newer(draft)
    assert newer is not None
    assert newer.name == "Amina"
    mine = answered("care", "health")(draft)
    taken = sam.store.meanwhile.take_in(mine, sam.library)
    assert taken is not None
    assert taken.based_on == newer.mutation
    assert taken.record.frame.value("may_quote") == "yes"
    assert taken.record.items[0].value("care") == "health"
    by = sam.store.staff.current.id
    sam.store.records.save(finish(taken, sam.library, sam.clock(), by))
    assert sam.round().conflicts == 0, "it goes on from what came"
    assert sam.store.meanwhile.take_in(framed("may_quote", "no")(draft), sam.library) is None


def push_only(computer: Computer, hub: RunningHub) -> None:
    """As far as a round comes that ends after sending."""
    documents = [one.document for one in computer.store.sync.pending()]
    if documents:
        computer.store.sync.accept_receipts(client(computer, hub).push(documents).receipts)


def pull_only(computer: Computer, hub: RunningHub) -> None:
    store = computer.store.sync
    page = client(computer, hub).pull(store.cursor(), store.scope())
    store.apply_page(page.documents, page.next, page.scope)
