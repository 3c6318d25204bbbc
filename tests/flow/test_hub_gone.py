"""The line breaks in every phase of a round: a sentence, nothing lost, and the next round puts it right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intake_app.errors import HubAnswerUnreadable, HubTimedOut, Offline
from intake_app.hub import tables
from intake_app.hub.scopes import DeviceKind
from intake_app.sync.client import HubClient
from intake_app.sync.engine import RoundReport, SyncEngine
from intake_app.sync.enrolment import join
from intake_app.sync.web import TimeOuts, open_web
from tests.flow.computers import Computer, computers
from tests.flow.cutting_proxy import Cut, CuttingProxy, cutting_proxy
from tests.hub.hub_fixtures import RunningHub
from ui.messages import sentence

BROKEN = (Offline, HubAnswerUnreadable, HubTimedOut)
PATIENCE = TimeOuts(connect=5, answer=20, whole=30)
RECORDS = 5


@pytest.fixture
def line(hub: RunningHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[CuttingProxy]:
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 2)
    with cutting_proxy(hub.url) as proxy:
        yield proxy


@pytest.fixture
def pair(hub: RunningHub, line: CuttingProxy, tmp_path: Path) -> Iterator[list[Computer]]:
    """Both reach the hub over the line; the first has records that the hub has not."""
    with computers(hub, tmp_path, "here", "there") as both:
        for one in both:
            join(one.store.sync, line.url, hub.code(), one.store.device)
        for number in range(RECORDS):
            both[0].take_down(f"Story {number}")
        yield both


def round_of(computer: Computer) -> RoundReport:
    """As ``run_round``, with small batches and requests beside the store's work."""
    kept = computer.store.sync.enrolment()
    with open_web(kept.hub_url, PATIENCE) as http, ThreadPoolExecutor(1) as beside:
        hub = HubClient(kept.hub_url, kept.token, http, PATIENCE)
        return SyncEngine(computer.store.sync, hub, max_documents=2, beside=beside).run()


def broken_round(computer: Computer, line: CuttingProxy) -> None:
    """A round that the cut ends, with a sentence."""
    with pytest.raises(BROKEN) as ended:
        round_of(computer)
    assert line.cuts == 1
    assert sentence(ended.value)
    line.mend()


def on_the_hub(hub: RunningHub) -> list[tuple[str, str]]:
    table = tables.VERSIONS
    wanted = table.select().where(table.c.organisation == hub.organisation, table.c.kind == "record")
    return hub.database.read(
        lambda connection: [(row.document, row.mutation) for row in connection.execute(wanted)]
    )


def both_have_everything(hub: RunningHub, pair: list[Computer]) -> None:
    here, there = pair
    for one in (here, there):
        round_of(one)
    stored = on_the_hub(hub)
    assert len(stored) == len(set(stored)) == RECORDS
    stories = [{row.id: row.first_words for row in one.listed()} for one in pair]
    assert stories[0] == stories[1]
    assert len(stories[0]) == RECORDS
    for one in pair:
        counts = one.store.sync.counts()
        assert (counts.waiting, counts.conflicts, counts.quarantined) == (0, 0, 0)
        assert not one.store.check().findings
    assert [round_of(one) for one in pair] == [RoundReport(), RoundReport()]


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_gone_while_sending(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy, how: Cut, nth: int
) -> None:
    here, _there = pair
    line.cut("/v1/push", how, nth)
    broken_round(here, line)
    assert len(here.listed()) == RECORDS
    assert here.store.sync.counts().waiting >= 1
    here.change(here.listed()[0].id, "Changed while nobody knew what had arrived")
    report = round_of(here)
    assert report.conflicts == 0
    assert (report.already > 0) == (how in (Cut.ANSWER_LOST, Cut.HALF_ANSWER))
    assert len(on_the_hub(hub)) == RECORDS + 1


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_gone_while_receiving(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy, how: Cut, nth: int
) -> None:
    here, there = pair
    round_of(here)
    line.cut("/v1/pull", how, nth)
    broken_round(there, line)
    assert len(there.listed()) == min(2 * (nth - 1), RECORDS)
    both_have_everything(hub, pair)


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize("nth", [1, 2], ids=["what to receive", "its page"])
def test_gone_while_it_learns_to_receive_less(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy, how: Cut, nth: int
) -> None:
    here, there = pair
    for one in pair:
        round_of(one)
    mine = there.take_down("Taken by the computer that becomes an outreach laptop")
    round_of(there)
    hub.set_place(there.store.device, kind=DeviceKind.OUTREACH)
    line.cut("/v1/pull", how, nth)
    broken_round(there, line)
    assert len(there.listed()) == RECORDS + 1
    waiting = there.take_down("Not sent yet")
    round_of(there)
    assert {row.id for row in there.listed()} == {mine.id, waiting.id}
    round_of(here)
    assert len(here.listed()) == RECORDS + 2


@pytest.mark.parametrize("how", Cut)
@pytest.mark.parametrize("nth", [1, 2, 3], ids=["what to receive", "first page", "second page"])
def test_gone_while_it_learns_to_receive_more(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy, how: Cut, nth: int
) -> None:
    here, there = pair
    hub.set_place(there.store.device, kind=DeviceKind.OUTREACH)
    mine = there.take_down("Taken at a market stall")
    for one in pair:
        round_of(one)
    hub.set_place(there.store.device, kind=DeviceKind.OFFICE)
    line.cut("/v1/pull", how, nth)
    broken_round(there, line)
    assert mine.id in {row.id for row in there.listed()}
    for one in (there, here):
        round_of(one)
    assert {row.id for row in there.listed()} == {row.id for row in here.listed()}
    assert len(there.listed()) == RECORDS + 1


@pytest.mark.parametrize("how", Cut)
def test_gone_while_joining(hub: RunningHub, line: CuttingProxy, tmp_path: Path, how: Cut) -> None:
    with computers(hub, tmp_path, "new") as (new,):
        new.take_down("Taken before joining")
        code = hub.code()
        line.cut("/v1/enrol", how)
        with pytest.raises(BROKEN) as ended:
            join(new.store.sync, line.url, code, new.store.device)
        assert sentence(ended.value)
        assert new.store.sync.enrolment() is None
        line.mend()
        joined = join(new.store.sync, line.url, code, new.store.device)
        assert joined.earlier_records == 1
        assert round_of(new).pulled == 0


def test_all_at_once_after_every_kind_of_cut(
    pair: list[Computer], hub: RunningHub, line: CuttingProxy
) -> None:
    here, there = pair
    for how in Cut:
        for path, computer in (("/v1/push", here), ("/v1/pull", there)):
            line.cut(path, how)
            if path == "/v1/pull" or here.store.sync.counts().waiting:
                broken_round(computer, line)
            line.mend()
    both_have_everything(hub, pair)
