"""From a key to its painting while a round with a real hub, then an import, go on beside the window."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from big_store import KeyringFile, MovingClock, drafts, opened, pulled, say, shared_store
from made_services import DIRECTORY_ROWS, ods_file
from rows import Row, percentile

from intake_app.store.summaries import RecordQuery
from intake_app.sync.client import HubClient
from intake_app.sync.enrolment import join
from intake_app.sync.protocol import EnrolRequest
from intake_app.sync.web import open_web
from intake_app.times import IdMaker

ROOT = Path(__file__).resolve().parents[2]
WINDOW = Path(__file__).with_name("typing_window.py")
DOCUMENTS = 10_000
BATCH = 500
LONGEST_P99_MS = 16
LONGEST_MS = 50
PHASES = (
    ("alone", "nothing beside"),
    ("sync", f"a sync of {DOCUMENTS:,} documents"),
    ("import", f"an import of {DIRECTORY_ROWS:,} services"),
)


def rows(options: Any) -> Iterator[Row]:
    big, _env = shared_store(options.shared, options.records)
    file = ods_file(options.folder, DIRECTORY_ROWS)
    told: dict[str, dict[str, Any]] = {}
    with running_hub(options.folder) as hub:
        say(f"filling a hub with {DOCUMENTS:,} documents")
        hub.fill(DOCUMENTS, options.records)
        for kind in ("bare", "intake"):
            folder = options.folder / kind / "data"
            folder.parent.mkdir()
            shutil.copytree(big, folder)
            shutil.copy(big.with_name("keyring.json"), folder.with_name("keyring.json"))
            clock = MovingClock(options.records + DOCUMENTS)
            with opened(folder, clock) as store:
                join(store.sync, hub.url, hub.code(), store.device)
            told[kind] = typed_into(kind, folder, file)
            with opened(folder, clock) as store:
                waited_for(kind, store.records.totals()[0], options.records + DOCUMENTS)
                waited_for(kind, store.directory.count(), DIRECTORY_ROWS)
                assert store.records.find(RecordQuery(channel="phone")).rows
            shutil.rmtree(folder)
            seconds = ", ".join(f"{name} {told[kind][name]['seconds']:.0f} s" for name, _ in PHASES)
            say(f"{kind}: {seconds}")
    for name, words in PHASES:
        ours, bare = told["intake"][name], told["bare"][name]
        at_most = None if name == "alone" else LONGEST_P99_MS
        what, beside = f"key → painted, {words}", "bare text edit beside the same"
        yield Row(f"{what}, p99", *_of(99, ours["ms"], beside, bare["ms"]), at_most=at_most)
        at_most = None if name == "alone" else LONGEST_MS
        yield Row(
            f"the same, longest of {len(ours['ms'])}",
            *_of(100, ours["ms"], beside, bare["ms"]),
            at_most=at_most,
        )
        own = (ours["own_ms"], "the same", bare["own_ms"])
        yield Row("the same, the window's own work for a key, longest", *_of(100, *own))


def _of(percent: float, ours: list[float], what: str, beside: list[float]) -> tuple[float, str, float]:
    return percentile(ours, percent), what, percentile(beside, percent)


def waited_for(kind: str, found: int, least: int) -> None:
    if found < least:
        raise RuntimeError(f"{kind}: {found} are there, {least} should be")


def typed_into(kind: str, folder: Path, file: Path) -> dict[str, Any]:
    """What typing_window.py tells."""
    keyring = folder.with_name("keyring.json")
    entry = json.loads((folder / "keys.json").read_text())["store"]
    key = KeyringFile(keyring).get(f"intake/{entry}")
    env = {
        **os.environ,
        "BENCH_KEYRING": str(keyring),
        "BENCH_KEY": key.hex() if key else "",
        "BENCH_BEGAN_NS": "0",
    }
    command = [sys.executable, str(WINDOW), kind, str(folder), str(file)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=400, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"{kind}: {done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


class Hub:
    """One that runs in a process of its own, with one organisation."""

    def __init__(self, database: str, url: str) -> None:
        self._database = database
        self.url = url
        self.organisation = self._told("create-organisation", "Bench")

    def code(self) -> str:
        return self._told("enrol", self.organisation)

    def fill(self, documents: int, after: int) -> None:
        """With records of another computer, taken down after the first ``after``."""
        clock = MovingClock(after)
        ids = IdMaker(clock)
        device = ids()
        with open_web(self.url) as http:
            answer = HubClient(self.url, "", http).enrol(EnrolRequest(self.code(), device, "Another"))
            client = HubClient(self.url, answer.token, http)
            made = pulled(drafts(documents, clock, ids, device), self.organisation, ids)
            while batch := [one.document for one in islice(made, BATCH)]:
                client.push(batch)

    def _told(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "intake_app.hub", *arguments, "--database", self._database]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


@contextmanager
def running_hub(folder: Path) -> Iterator[Hub]:
    database = f"sqlite:///{folder / 'hub.sqlite'}"
    command = [sys.executable, "-m", "intake_app.hub", "serve", "--database", database]
    with subprocess.Popen(
        [*command, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as serving:
        try:
            assert serving.stdout is not None
            yield Hub(database, serving.stdout.readline().strip())
        finally:
            serving.terminate()
