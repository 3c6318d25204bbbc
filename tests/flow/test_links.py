"""Linked on one computer, seen on the other through the real hub, taken back there, gone on both."""

from pathlib import Path

from intake_app.links import Relation
from intake_app.store.summaries import RecordQuery
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub

CALL = "My husband lay on a trolley in the corridor without insulin."
EMAIL = "No insulin, on a trolley, in that corridor: my husband."


def rounds(*computers: Computer) -> None:
    for one in (*computers, *computers):
        one.round()


def test_a_link_made_here_is_seen_and_taken_back_there(pair: list[Computer]) -> None:
    here, there = pair
    call, email = here.take_down(CALL), there.take_down(EMAIL)
    rounds(here, there)
    (offer,) = here.store.related.of(call.id).stories
    assert offer.record.id == email.id
    here.store.links.link(call.id, email.id, Relation.SAME_STORY, "sam")
    rounds(here, there)
    (seen,) = there.store.links.of(email.id)
    assert (seen.other, seen.relation, seen.by) == (call.id, "same_story", "sam")
    rows = {row.id: row.links for row in there.store.records.find(RecordQuery()).rows}
    assert rows == {call.id: 1, email.id: 1}
    there.store.links.unlink(email.id, seen, "kim")
    rounds(here, there)
    for one in pair:
        assert one.store.links.of(call.id) == ()
        assert one.store.sync.counts().conflicts == 0
        assert one.store.sync.counts().waiting == 0
        assert one.store.check().whole
        assert [row.id for row in one.listed()] == [email.id, call.id]


def test_two_who_link_and_unlink_at_once_are_in_no_conflict(pair: list[Computer]) -> None:
    here, there = pair
    call, email = here.take_down(CALL), here.take_down(EMAIL)
    rounds(here, there)
    for one in pair:
        one.store.links.link(call.id, email.id, Relation.SAME_STORY)
    rounds(here, there)
    assert [len(one.store.links.of(call.id)[0].links) for one in pair] == [2, 2]
    for one in pair:
        (linked,) = one.store.links.of(call.id)
        one.store.links.unlink(call.id, linked)
    rounds(here, there)
    assert [one.store.links.of(call.id) for one in pair] == [(), ()]
    assert [one.store.sync.counts().conflicts for one in pair] == [0, 0]


def test_erasing_a_record_takes_its_links_away_on_the_other_computer_too(pair: list[Computer]) -> None:
    here, there = pair
    call, email = here.take_down(CALL), here.take_down(EMAIL)
    here.store.links.link(call.id, email.id, Relation.SAME_STORY)
    rounds(here, there)
    assert there.store.links.of(email.id)
    here.store.erase(call.id, "asked")
    rounds(here, there)
    for one in pair:
        assert one.store.links.of(email.id) == ()
        assert one.store.check().whole


def test_links_made_before_joining_go_out_with_their_records(hub: RunningHub, tmp_path: Path) -> None:
    with computers(hub, tmp_path, "alone", "office") as (alone, office):
        call, email = alone.take_down(CALL), alone.take_down(EMAIL)
        alone.store.links.link(email.id, call.id, Relation.FOLLOW_UP)
        joined = alone.join()
        office.join()
        alone.store.sync.rehome(joined.enrolment.organisation, joined.enrolment.organisation_key)
        rounds(alone, office)
        assert [one.first for one in office.store.links.of(email.id)] == [True]
        assert [one.first for one in office.store.links.of(call.id)] == [False]
