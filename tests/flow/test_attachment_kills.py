"""A program that dies while it takes in, sends or fetches a file: nothing is damaged, the next goes on."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app import drafting, taking_down
from intake_app.attachments import CHUNK_BYTES
from intake_app.records import Record
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from tests.first_runs import keyring_of
from tests.flow.computers import Computer
from tests.flow.test_attachments import LETTER, PIECES, ask_for, pieces_on, read, with_letter
from tests.hub.hub_fixtures import RunningHub

ROOT = Path(__file__).parents[2]
START = """
import io, os, sys
from pathlib import Path
from intake_app.store.opening import open_store
from intake_app.sync.rounds import run_round
from intake_app.times import IdMaker, system_clock
folder, key, after, rest = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]
store = open_store(folder, key_hex=key, clock=system_clock, ids=IdMaker(system_clock))
def die(count):
    if count >= after:
        os._exit(9)
"""
TAKES_IN = """
source = io.BytesIO(Path(rest[1]).read_bytes())
for count, _step in enumerate(store.attachments.taking_in(rest[0], source)):
    die(count)
"""
A_ROUND = """
run_round(store.sync, folder, lambda now: die(now.done) if now.stage == "files" else None)
"""


def dies(computer: Computer, script: str, after: int, *rest: str) -> None:
    """No handler runs and nothing is closed, as when it is killed."""
    command = [sys.executable, "-c", START + script, str(computer.folder), computer.store.key_for_child()]
    done = subprocess.run(
        [*command, str(after), *rest], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 9, done.stderr


def opened_again(computer: Computer, name: str) -> Store:
    keyring = keyring_of("Anyshire", "", name)
    return open_store(computer.folder, clock=computer.clock, ids=computer.ids, keyring=keyring)


@pytest.mark.parametrize("after", [1, 2, 4])
def test_killed_while_a_file_is_taken_in(pair: list[Computer], tmp_path: Path, after: int) -> None:
    here, _there = pair
    draft = taking_down.new_draft(here.library, here.ids, here.clock(), here.store.device)
    draft = here.store.drafts.keep(drafting.with_narrative(draft, "Words before the file.", here.ids))
    large = tmp_path / "large.bin"
    large.write_bytes(LETTER * 6)
    dies(here, TAKES_IN, after, draft.id, str(large))
    with opened_again(here, "here") as store:
        kept = store.drafts.load(draft.id)
        assert drafting.story(kept).text == "Words before the file."
        assert kept.record.attachments == ()
        assert store.check().whole
        # Attached once more it is whole, whatever pieces were there.
        again = store.attachments.take_in(draft.id, large.read_bytes())
        assert b"".join(store.attachments.chunks(again.sha256)) == large.read_bytes()
        store.drafts.discard(draft.id)
        store.attachments.collect()
        assert store.attachments.totals() == (0, 0)
        assert store.check().whole


def test_killed_while_bytes_are_removed(pair: list[Computer]) -> None:
    here, _there = pair
    draft = taking_down.new_draft(here.library, here.ids, here.clock(), here.store.device)
    draft = here.store.drafts.keep(drafting.with_narrative(draft, "Words.", here.ids))
    kept = here.store.attachments.take_in(draft.id, LETTER * 6)
    here.store.drafts.keep(draft)
    here.store.drafts.discard(draft.id)
    # Of the removal only the first slice came to the disk.
    assert here.store.attachments._take_away(kept.sha256, only_doomed=True)
    with opened_again(here, "here") as store:
        assert store.attachments.totals() == (0, 0)
        assert store.check().whole
        raw = store._database.raw()
        assert raw.execute("SELECT count(*) FROM attachment_chunk").fetchone()[0] == 0
        raw.close()


@pytest.mark.parametrize("after", [1, 3])
def test_killed_while_a_file_is_sent(pair: list[Computer], hub: RunningHub, after: int) -> None:
    here, there = pair
    record: Record = with_letter(here)
    dies(here, A_ROUND, after)
    assert pieces_on(hub) == after
    assert here.round().files_sent == 1
    there.round()
    ask_for(there, record)
    assert read(there, record) == LETTER


@pytest.mark.parametrize("after", [1, 3])
def test_killed_while_a_file_is_fetched(pair: list[Computer], after: int) -> None:
    here, there = pair
    record: Record = with_letter(here)
    here.round()
    there.round()
    there.store.attachments.want(record.id, record.attachments[0].sha256)
    dies(there, A_ROUND, after)
    assert there.round().files_fetched == 1
    assert read(there, record) == LETTER
    assert there.store.check().whole


def test_the_pieces_are_as_many_as_the_tests_above_suppose() -> None:
    assert PIECES == 4
    assert io.BytesIO(LETTER).getbuffer().nbytes > 3 * CHUNK_BYTES
