"""Two encrypted stores that save, edit, erase and sync over a bad line agree in the end."""

import random
from contextlib import suppress

import pytest

from intake_app.errors import HubTimedOut
from intake_app.store.summaries import RecordQuery
from intake_app.sync.client import HubClient
from intake_app.sync.engine import SyncEngine
from tests.flow.computers import Computer
from tests.hub.hub_fixtures import RunningHub
from tests.intake_app.sync.flaky import Flaky

STEPS = 80


def _round(computer: Computer, dice: random.Random, loss: float) -> None:
    kept = computer.store.sync.enrolment()
    way = Flaky(HubClient(kept.hub_url, kept.token, computer.hub.http), dice)
    way.loss = loss
    SyncEngine(computer.store.sync, way, max_documents=dice.choice([1, 3, 500])).run()


def _shown(computer: Computer) -> dict[str, tuple[str, frozenset[tuple[str, int]], str]]:
    """By record: state in the list, every version with the hub's number, and the body shown.

    In a conflict each computer goes on showing the version it showed before.
    """
    rows = computer.store.records.find(RecordQuery(), limit=1000).rows
    return {
        row.id: (
            row.where.state,
            frozenset((one.mutation, one.revision) for one in computer.store.records.history(row.id)),
            "" if row.where.state == "conflict" else computer.store.records.get(row.id).to_json(),
        )
        for row in rows
    }


@pytest.mark.parametrize("seed", range(2))
def test_two_offices_over_a_bad_line_agree_in_the_end(
    pair: list[Computer], hub: RunningHub, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 4)
    for step in range(STEPS):
        computer = dice.choice(pair)
        rows = computer.store.records.find(RecordQuery(), limit=1000).rows
        act = dice.choices(["save", "edit", "erase", "round"], weights=[25, 35, 2, 30])[0]
        if act == "save" or not rows:
            computer.take_down(f"Said {step}")
        elif act == "edit":
            computer.change(dice.choice(rows).id, f"Changed {step}")
        elif act == "erase":
            computer.store.erase(dice.choice(rows).id, "asked")
        else:
            with suppress(HubTimedOut):
                _round(computer, dice, 0.3)
    for computer in pair * 3:
        _round(computer, dice, 0)
    here, there = pair
    assert _shown(here) == _shown(there)
    for computer in pair:
        counts = computer.store.sync.counts()
        assert (counts.waiting, counts.quarantined) == (0, 0)
        assert counts.conflicts == sum(state == "conflict" for state, _, _ in _shown(computer).values())
