"""Typed on one computer, through the real hub, listed and found on another: real stores, real server."""

from pathlib import Path

from intake_app.hub import tables
from intake_app.hub.scopes import DeviceKind
from intake_app.store.summaries import RecordQuery
from intake_app.sync.engine import RoundReport
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub

WORDS = "The nurse on Ward 7 explained everything. Łóżko było czyste. شكرا جزيلا"


def test_a_record_typed_here_is_listed_and_found_there(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down(WORDS)
    assert [row.where.state for row in here.listed()] == ["waiting"]
    report = here.round()
    assert (report.pulled, report.refused, report.conflicts) == (0, 0, 0)
    assert report.pushed >= 1
    (mine,) = here.listed()
    assert mine.where.state == "received"
    assert len(mine.where.receipt) == 6

    assert there.listed() == ()
    assert there.round().pulled == report.pushed
    (theirs,) = there.listed("lozko شكرا")
    assert (theirs.id, theirs.reference) == (record.id, record.reference)
    assert there.store.records.get(record.id).to_json() == record.to_json()
    assert [one.round() for one in pair] == [RoundReport(), RoundReport()]


def test_what_was_changed_there_comes_back_with_its_history(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("First words")
    here.round()
    there.round()
    there.change(record.id, "First words, and what she said when she rang back")
    assert there.round().conflicts == 0
    here.round()
    assert here.store.records.get(record.id).narratives[0].text.endswith("rang back")
    assert len(here.store.records.history(record.id)) == 2


def test_edits_on_both_computers_are_a_conflict_on_both_and_lose_no_word(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("As told")
    for one in (here, there):
        one.round()
    here.change(record.id, "As told, here")
    there.change(record.id, "As told, there")
    here.round()
    assert there.round().conflicts == 1
    here.round()
    for one in (here, there):
        assert [row.where.state for row in one.listed()] == ["conflict"]
        texts = {version.mutation for version in one.store.records.history(record.id)}
        assert len(texts) == 3
        assert one.store.sync.counts().conflicts == 1


def test_three_saves_made_away_from_the_hub_are_one_line_of_versions(pair: list[Computer]) -> None:
    here, there = pair
    record = here.take_down("One")
    here.change(record.id, "Two")
    here.change(record.id, "Three")
    assert here.round().conflicts == 0
    there.round()
    assert [row.where.state for row in there.listed()] == ["received"]
    assert there.store.records.get(record.id).narratives[0].text == "Three"
    assert len(there.store.records.history(record.id)) == 3


def test_records_taken_before_joining_go_out_only_when_the_person_says_so(
    hub: RunningHub, tmp_path: Path
) -> None:
    with computers(hub, tmp_path, "alone", "office") as (alone, office):
        record = alone.take_down("Taken before there was a hub")
        joined = alone.join()
        office.join()
        assert joined.earlier_records == 1
        assert alone.round().pushed == 0
        alone.store.sync.rehome(joined.enrolment.organisation, joined.enrolment.organisation_key)
        assert alone.round().pushed >= 1
        office.round()
        assert [row.id for row in office.listed()] == [record.id]


def test_a_record_erased_here_is_gone_there_and_on_the_hub(pair: list[Computer], hub: RunningHub) -> None:
    here, there = pair
    record = here.take_down("Please forget what I said")
    here.round()
    there.round()
    here.store.erase(record.id, "asked by the person")
    here.round()
    there.round()
    assert there.listed() == here.listed() == ()

    def stored(connection: object) -> str:
        return repr(connection.execute(tables.VERSIONS.select()).all())

    assert "forget what I said" not in hub.database.read(stored)
    there_again = there.round()
    assert there_again.pulled == 0


def test_an_outreach_laptop_drops_the_organisations_records_and_keeps_its_own(
    pair: list[Computer], hub: RunningHub
) -> None:
    here, there = pair
    mine = there.take_down("Mine, at the market stall")
    here.take_down("From the office")
    for one in (here, there, here, there):
        one.round()
    assert len(there.listed()) == 2
    hub.set_place(there.store.device, kind=DeviceKind.OUTREACH)
    unsent = there.take_down("Taken meanwhile")
    assert there.round().rescoped
    assert {row.id for row in there.listed()} == {mine.id, unsent.id}
    hub.set_place(there.store.device, kind=DeviceKind.MANAGER)
    there.round()
    assert len(there.listed()) == 3


def test_many_records_are_equal_on_both_sides(pair: list[Computer]) -> None:
    here, there = pair
    for number in range(120):
        here.take_down(f"Story {number}: {WORDS}")
    here.round()
    there.round()
    assert len(_everything(here)) == 120
    assert _everything(here) == _everything(there)


def _everything(computer: Computer) -> dict[str, str]:
    """Body by id, page after page as the list shows them."""
    found: dict[str, str] = {}
    before: int | None = None
    while True:
        page = computer.store.records.find(RecordQuery(), before=before)
        found |= {row.id: computer.store.records.get(row.id).to_json() for row in page.rows}
        if page.more is None:
            return found
        before = page.more
