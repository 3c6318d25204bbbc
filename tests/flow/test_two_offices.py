"""Two encrypted stores that save, edit, erase and sync over a bad line agree in the end."""

import random
from contextlib import suppress

import pytest

from intake_app import drafting
from intake_app.errors import HubTimedOut
from intake_app.merging.decisions import Choice
from intake_app.records import Answer, Decided
from intake_app.store.summaries import RecordQuery
from intake_app.sync.client import HubClient
from intake_app.sync.engine import SyncEngine
from intake_app.taking_down import finish
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


def answer(computer: Computer, record_id: str, dice: random.Random) -> None:
    """Another answer to one of a few questions, so that some changes meet and others do not."""
    question, value = dice.choice(["may_quote", "may_contact", "about_whom"]), dice.choice(["yes", "no"])
    draft = computer.store.records.draft_for_edit(record_id)
    changed = drafting.with_answer(draft, drafting.FRAME, question, Answer(value=value))
    computer.store.records.save(finish(changed, computer.library, computer.clock(), computer.store.device))


def settle(computer: Computer, record_id: str, dice: random.Random) -> None:
    """What a person does, where there is anything to settle here and now."""
    found = computer.store.conflicts.open(record_id, computer.library)
    if found is None or found.merged is None:
        return
    choices = {one.key: Choice(Decided.SIDE, dice.randrange(len(found.sides))) for one in found.differences}
    computer.store.conflicts.settle(found, choices, computer.library, computer.store.device)


def joined_by_program(computer: Computer) -> int:
    rows = computer.store.records.find(RecordQuery(), limit=1000).rows
    histories = [computer.store.records.history(row.id) for row in rows]
    return sum(one.joined is not None and not one.joined.by for versions in histories for one in versions)


@pytest.mark.parametrize("seed", range(3))
def test_two_offices_over_a_bad_line_agree_in_the_end(
    pair: list[Computer], hub: RunningHub, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    monkeypatch.setitem(hub.settings.__dict__, "page_documents", 4)
    for step in range(STEPS):
        computer = dice.choice(pair)
        rows = computer.store.records.find(RecordQuery(), limit=1000).rows
        acts = ["save", "edit", "answer", "settle", "erase", "round"]
        act = dice.choices(acts, weights=[10, 10, 40, 10, 2, 30])[0]
        if act == "save" or not rows:
            computer.take_down(f"Said {step}")
        elif act == "edit":
            computer.change(dice.choice(rows).id, f"Changed {step}")
        elif act == "answer":
            answer(computer, dice.choice(rows[-5:]).id, dice)
        elif act == "settle":
            settle(computer, dice.choice(rows[-5:]).id, dice)
        elif act == "erase":
            computer.store.erase(dice.choice(rows).id, "asked")
        else:
            with suppress(HubTimedOut):
                _round(computer, dice, 0.3)
    for computer in pair * 4:
        _round(computer, dice, 0)
    here, there = pair
    assert _shown(here) == _shown(there)
    for computer in pair:
        counts = computer.store.sync.counts()
        assert (counts.waiting, counts.quarantined) == (0, 0)
        assert counts.conflicts == sum(state == "conflict" for state, _, _ in _shown(computer).values())
    assert joined_by_program(here) == joined_by_program(there)
