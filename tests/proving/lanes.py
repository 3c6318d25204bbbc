"""Data folders that are worked in until the program is killed, and what may never be true of them after."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.times import IdMaker, system_clock
from tests.first_runs import copied_store
from tests.proving.nursery import Nursery, nursery


class Lost(Exception):
    """What a kill may not do, it did. Says what, never what was typed."""


@dataclass
class Lane:
    """One data folder that is worked in until it is killed, again and again.

    ``numbers`` are those in the stories of finished records that were acknowledged. ``half_way``: kills that
    came between the beginning of an act and its acknowledgement. ``partner``: what a kind of work keeps
    beside the folder, ended by ``stack``.
    """

    folder: Path
    dice: random.Random
    nursery: Nursery
    stack: ExitStack
    key: str = ""
    kills: int = 0
    acknowledged: int = 0
    offers: int = 0
    most_typing_lost_s: float = 0.0
    half_way: int = 0
    numbers: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    partner: Any = None

    def asked(self, act: str, **more: object) -> dict[str, object]:
        seed = self.dice.getrandbits(32)
        return {"act": act, "folder": str(self.folder), "key": self.key, "seed": seed, **more}

    def opened(self) -> Store:
        ids = IdMaker(system_clock)
        return open_store(self.folder, key_hex=self.key, clock=system_clock, ids=ids)

    def fresh(self) -> None:
        """A new store, so that checking stays quick."""
        shutil.rmtree(self.folder, ignore_errors=True)
        ids = IdMaker(system_clock)
        made = copied_store(
            self.folder, clock=system_clock, ids=ids, organisation="Kills", computer=self.folder.name
        )
        with made as store:
            self.key = store.key_for_child()
        self.numbers.clear()
        self.erased.clear()


@contextmanager
def lane(seed: str) -> Iterator[Lane]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-kills-")))
        yield Lane(folder / "store", random.Random(seed), stack.enter_context(nursery()), stack)


def whole(store: Store) -> None:
    """Pages, structure, search, hashes, and everything derived. Raises Lost."""
    report = store.check()
    if report.findings:
        raise Lost(f"the store is damaged: {report.findings}")
