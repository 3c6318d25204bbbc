"""Starts workers of ``dying`` and kills them with signal 9 at a moment by chance, reading what they told."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Told:
    """One line of a worker: when by the monotonic clock, in seconds, and what."""

    at: float
    word: str
    rest: tuple[str, ...] = ()


@dataclass
class Life:
    """``killed_at`` is just before the signal was sent, by the same clock."""

    told: list[Told] = field(default_factory=list)
    killed_at: float = 0.0

    def of(self, word: str) -> list[Told]:
        return [one for one in self.told if one.word == word]


class Nursery:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def live(
        self, asked: dict[str, Any], seconds: float, meanwhile: Callable[[], object] | None = None
    ) -> Life:
        """Begins one worker and kills it so long after it is ready; what it told until then."""
        pid = self.begin(asked)
        life = Life()

        def kill() -> None:
            life.killed_at = time.monotonic()
            os.kill(pid, signal.SIGKILL)

        timer = threading.Timer(seconds, kill)
        for one in self._lines():
            if one.word == "gone":
                break
            life.told.append(one)
            if one.word == "ready":
                timer.start()
        timer.join()
        if not life.killed_at:
            raise RuntimeError(f"the worker ended by itself: {asked['act']}")
        return life

    def begin(self, asked: dict[str, Any]) -> int:
        """The worker's process id; it may not have begun its work."""
        print(json.dumps(asked), file=self._in, flush=True)
        return int(next(self._lines()).rest[0])

    def until(self, word: str) -> None:
        for one in self._lines():
            if one.word == word:
                return

    @property
    def _in(self) -> Any:
        assert self._process.stdin is not None
        return self._process.stdin

    def _lines(self) -> Iterator[Told]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            at, word, *rest = line.split()
            yield Told(float(at), word, tuple(rest))
        raise RuntimeError("the nursery has died")


@contextmanager
def nursery() -> Iterator[Nursery]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.proving.dying"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Nursery(process)
        finally:
            process.stdin.close()
            process.stdout.read()
