"""Thirty times the program is killed in the middle of typing and finishing: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake_app.store.opening import NewStore, open_store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker

KILLS = 30
LONGEST_LIFE_S = 0.25

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.slow,
]


def test_nothing_acknowledged_is_lost_and_nothing_is_damaged(
    new_store: NewStore, folder: Path, tmp_path: Path, clock, ids: IdMaker, keyring
) -> None:
    key = new_store.store.key_for_child()
    new_store.store.close()
    worker = Path(__file__).with_name("kill_worker.py")
    process = subprocess.Popen(
        [sys.executable, str(worker)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    acknowledged: dict[str, str] = {}
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        print(folder, key, file=process.stdin, flush=True)
        for seed in range(KILLS):
            told = tmp_path / f"told-{seed}"
            print(seed, told, file=process.stdin, flush=True)
            pid = int(process.stdout.readline())
            _wait_until_open(told)
            time.sleep(random.Random(seed).uniform(0.005, LONGEST_LIFE_S))
            os.kill(pid, signal.SIGKILL)
            assert process.stdout.readline() == "gone\n"
            lines = [line.split() for line in told.read_text().splitlines()[1:]]
            for act, record_id, number in lines:
                if act == "saved" or record_id not in acknowledged:
                    acknowledged[record_id] = number if act == "saved" else ""
            with open_store(folder, clock=clock, ids=ids, keyring=keyring) as store:
                drafts = {draft.id for draft in store.drafts.all()}
                for _act, record_id, _number in lines:
                    _assert_there(store, drafts, record_id, acknowledged[record_id])
        process.stdin.close()
    with open_store(folder, clock=clock, ids=ids, keyring=keyring) as store:
        assert store.check().findings == ()
        drafts = {draft.id for draft in store.drafts.all()}
        for record_id, number in acknowledged.items():
            _assert_there(store, drafts, record_id, number)
        saved = sum(1 for number in acknowledged.values() if number)
        assert saved >= KILLS
        # A save that was durable but not yet acknowledged may be there as well: one for each kill at most.
        records = len(store.records.find(RecordQuery(include_drafts=False), limit=100_000).rows)
        assert saved <= records <= saved + KILLS


def _assert_there(store, drafts: set[str], record_id: str, number: str) -> None:
    if number:
        assert number in store.records.get(record_id).narratives[0].text
    elif record_id not in drafts:
        # Finished in the moment of the kill: then it is a whole record.
        assert store.records.get(record_id).id == record_id


def _wait_until_open(told: Path) -> None:
    deadline = time.monotonic() + 30
    while not (told.exists() and told.read_text().startswith("open\n")):
        assert time.monotonic() < deadline, "the worker did not open the store"
        time.sleep(0.002)
