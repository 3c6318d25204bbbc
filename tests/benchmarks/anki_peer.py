"""Anki's own sync of as many notes, measured in Anki's environment; None where that is not there."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from big_store import say

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build" / "anki-venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
"""Made by ``dev.py bench``: Anki's licence is not ours, so it never comes into the project's environment."""


@dataclass(frozen=True)
class AnkiTimes:
    """In milliseconds. ``no_change`` connects anew, ``kept`` is on a connection that is open already."""

    push: float
    pull: float
    no_change: float
    kept: float


def anki_times(folder: Path, narratives: list[str]) -> Callable[[], AnkiTimes | None]:
    """A function that measures once more, with collections and a server of its own each time."""
    if not PYTHON.is_file():
        say("Anki is not installed (build/anki-venv): its rows are left out. python3 dev.py bench makes it.")
        return lambda: None
    folder.mkdir(parents=True)
    words = folder / "narratives.json"
    words.write_text(json.dumps(narratives), encoding="utf-8")
    made = 0

    def measure() -> AnkiTimes:
        nonlocal made
        made += 1
        script = Path(__file__).with_name("anki_sync.py")
        done = subprocess.run(
            [PYTHON, script, words, folder / str(made)], stdout=subprocess.PIPE, check=True, text=True
        )
        return AnkiTimes(**json.loads(done.stdout.splitlines()[-1]))

    return measure
