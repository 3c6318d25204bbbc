"""Computers of the sync fuzz: encrypted stores with seeded ids, a skewed clock and a bad line each."""

import atexit
import random
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx2

from intake_app.drafting import Draft
from intake_app.store.opening import create_store, open_store
from intake_app.store.store import Store
from intake_app.times import IdMaker, Instant
from tests.fakes import DictionaryKeyring
from tests.proving.line import Line

START = Instant.parse("2026-03-09T08:00:00Z")
TOKEN = re.compile(r"w[0-9a-f]{8}z")
"""Words that a script types, each once only: where one is found tells which record it is of."""
_LOOK_MS = 37


def token_of(dice: int) -> str:
    return f"w{dice:08x}z"


@dataclass
class SkewedClock:
    """Wrong by as much as a person set it; each look is a little later."""

    now: Instant = START

    def __call__(self) -> Instant:
        self.now = Instant(self.now.utc_ms + _LOOK_MS)
        return self.now

    def set_by(self, seconds: int) -> None:
        self.now = Instant(self.now.utc_ms + seconds * 1000)


@dataclass
class Computer:
    """One data folder, the program that has it open, and what is open in its window.

    ``organisation`` is the one it joins. ``devices`` are the ids it had; a restored one has several.
    ``editing`` are drafts in memory, as a window holds them. ``by_right`` are documents that may stay here
    though the hub hands them out to others only: of a restored backup, or held by a draft.
    """

    name: str
    folder: Path
    organisation: str
    keyring: DictionaryKeyring
    clock: SkewedClock
    dice: random.Random
    line: Line
    recovery_code: str
    store: Store = field(init=False)
    devices: set[str] = field(default_factory=set)
    editing: dict[str, Draft] = field(default_factory=dict)
    by_right: set[str] = field(default_factory=set)
    joined: bool = False
    backup: Path | None = None
    seen: int = 0

    def open(self) -> None:
        """Starts the program; what a window held in memory is gone."""
        self.ids = IdMaker(self.clock, self.dice.getrandbits)
        self.store = open_store(self.folder, clock=self.clock, ids=self.ids, keyring=self.keyring)
        self.devices.add(self.store.device)
        self.editing.clear()

    def http(self, _url: str, _time_outs: object = None) -> httpx2.Client:
        return httpx2.Client(transport=self.line, base_url="http://127.0.0.1")

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Read beneath the store's own functions."""
        with self.store._database.read() as connection:
            return list(connection.exec_driver_sql(sql, values).all())


def new_computer(name: str, parent: Path, organisation: str, seed: str, skew: int, line: Line) -> Computer:
    """As after the first run. The same ``name`` is the same device in every world."""
    template, kept, code = _first_run(name.split("-")[0])
    folder = parent / name
    shutil.copytree(template, folder)
    keyring = DictionaryKeyring()
    keyring.kept.update(kept)
    clock = SkewedClock(Instant(START.utc_ms + skew * 1000))
    dice = random.Random(f"{seed} {name}")
    made = Computer(name, folder, organisation, keyring, clock, dice, line, code)
    made.open()
    return made


@cache
def _first_run(name: str) -> tuple[Path, dict[str, bytes], str]:
    """Made once, as deriving the keys of a first run takes most of a second."""
    parent = tempfile.mkdtemp(prefix="intake-first-run-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder, keyring = Path(parent, "intake"), DictionaryKeyring()
    clock = SkewedClock()
    ids = IdMaker(clock, random.Random(f"first run of {name}").getrandbits)
    made = create_store(folder, name, staff_name="Sam", clock=clock, ids=ids, keyring=keyring)
    made.store.close()
    return folder, keyring.kept, made.recovery_code
