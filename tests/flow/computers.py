"""Two computers with encrypted stores, for tests that follow a record from one to the other."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake_app import drafting, taking_down
from intake_app.forms.library import Library
from intake_app.hub.scopes import DeviceKind
from intake_app.records import Record
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery, RecordSummary
from intake_app.sync.engine import RoundReport
from intake_app.sync.enrolment import Joined, join
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, Instant
from tests.first_runs import copied_store
from tests.hub.hub_fixtures import START, RunningHub, SteppingClock


@dataclass
class Computer:
    """One data folder and whoever sits at it."""

    folder: Path
    store: Store
    hub: RunningHub
    clock: SteppingClock
    ids: IdMaker
    library: Library

    def take_down(self, words: str, **changes: object) -> Record:
        """A whole conversation, from the first word to Finish."""
        draft = taking_down.new_draft(self.library, self.ids, self.clock(), self.store.device)
        draft = drafting.with_narrative(draft, words, self.ids)
        self.store.drafts.keep(draft)
        finished = taking_down.finish(draft, self.library, self.clock())
        return self.store.records.save(replace_record(finished, **changes))

    def change(self, record_id: str, words: str) -> Record:
        """Opens a finished record, changes the story and finishes it again."""
        draft = self.store.records.draft_for_edit(record_id)
        return self.store.records.save(drafting.with_narrative(draft, words, self.ids))

    def join(self, kind: DeviceKind = DeviceKind.OFFICE) -> Joined:
        return join(self.store.sync, self.hub.url, self.hub.code(kind), self.store.device)

    def round(self) -> RoundReport:
        return run_round(self.store.sync, self.folder)

    def listed(self, words: str = "") -> tuple[RecordSummary, ...]:
        return self.store.records.find(RecordQuery(words=words)).rows


def replace_record(draft: drafting.Draft, **changes: object) -> drafting.Draft:
    return drafting.with_record(draft, **changes) if changes else draft


@contextmanager
def computers(hub: RunningHub, folder: Path, *names: str) -> Iterator[list[Computer]]:
    with ExitStack() as stack:
        made = []
        for number, name in enumerate(names):
            clock = SteppingClock(Instant(START.utc_ms + number))
            ids = IdMaker(clock)
            store = stack.enter_context(
                copied_store(folder / name, clock=clock, ids=ids, organisation="Anyshire", computer=name)
            )
            made.append(Computer(folder / name, store, hub, clock, ids, Library.shipped()))
        yield made
