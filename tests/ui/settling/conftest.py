"""The desk joined to a real hub, and Amina at a computer of her own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app import drafting
from intake_app.drafting import FRAME, Draft, item_key
from intake_app.records import Answer, Record
from intake_app.sync.engine import RoundReport
from intake_app.sync.enrolment import join
from intake_app.sync.rounds import run_round
from intake_app.taking_down import finish
from tests.flow.computers import Computer, computers
from tests.hub.hub_fixtures import RunningHub, running_hub
from tests.ui.record.desk import Desk
from tests.ui.record.desk_fixtures import *  # noqa: F403  fixtures


class Two:
    """Sam at the desk, Amina elsewhere; both change records of one organisation."""

    def __init__(self, desk: Desk, amina: Computer) -> None:
        self.desk = desk
        self.amina = amina
        amina.store.staff.add("Amina")
        place = desk.workplace
        self.here = Computer(place.folder, place.store, amina.hub, place.clock, place.ids, place.library)

    def sync_here(self) -> RoundReport:
        return run_round(self.desk.store.sync, self.desk.workplace.folder)

    def sync(self, times: int = 1) -> None:
        for _time in range(times):
            self.sync_here()
            self.amina.round()

    def taken(self, words: str) -> str:
        """A record of Sam's that both have."""
        self.desk.type(words)
        record_id = self.desk.draft.id
        self.desk.press("F12")
        self.desk.press("F12")
        self.desk.settle()
        self.desk.clock.forward(60)
        self.sync()
        return record_id

    def sam(self, record_id: str, **answers: object) -> Record:
        store = self.desk.store
        self.desk.clock.forward(60)
        draft = _answered(store.records.draft_for_edit(record_id), self.desk.workplace.ids, answers)
        by = store.staff.all()[0].id
        return store.records.save(finish(draft, self.desk.workplace.library, self.desk.clock(), by))

    def hers(self, record_id: str, **answers: object) -> Record:
        store = self.amina.store
        draft = _answered(store.records.draft_for_edit(record_id), self.amina.ids, answers)
        by = store.staff.current.id
        return store.records.save(finish(draft, self.amina.library, self.amina.clock(), by))


def _answered(draft: Draft, ids: object, answers: dict[str, object]) -> Draft:
    key = item_key(draft.record.items[0].id)
    for question, value in answers.items():
        if question == "story":
            draft = drafting.with_narrative(draft, str(value), ids)
        else:
            sheet = FRAME if question.startswith("may_") else key
            draft = drafting.with_answer(draft, sheet, question, Answer(value=value))
    return draft


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(f"sqlite:///{tmp_path / 'hub.sqlite'}", "loopback") as running:
        yield running


@pytest.fixture
def two(desk: Desk, hub: RunningHub, tmp_path: Path) -> Iterator[Two]:
    join(desk.store.sync, hub.url, hub.code(), desk.store.device)
    with computers(hub, tmp_path, "amina") as (amina,):
        amina.join()
        yield Two(desk, amina)
